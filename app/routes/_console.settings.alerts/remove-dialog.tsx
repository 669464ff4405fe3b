import { Button } from '#app/ui/button.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { useAct } from './use-act.ts';

/** Asks before a rule or channel is removed for good. */
export function RemoveDialog({
  asked,
  intent,
  words,
  onDone,
}: {
  asked: { id: string; name: string } | null;
  intent: 'remove_rule' | 'remove_channel';
  words: string;
  onDone: () => void;
}) {
  const { act, pending } = useAct(onDone);
  return (
    <Dialog
      open={asked !== null}
      onOpenChange={(open) => !open && onDone()}
      size="narrow"
      title={`Remove ${asked?.name ?? ''}?`}
      actions={
        <>
          <Button onClick={onDone}>Keep it</Button>
          <Button
            variant="danger"
            data-primary=""
            working={pending !== null && 'Removing'}
            onClick={() => asked && act(intent, { id: asked.id })}
          >
            Remove
          </Button>
        </>
      }
    >
      <p className="c2">{words}</p>
    </Dialog>
  );
}
