import { Callout } from '#app/ui/callout.tsx';

/** Says what was saved, with the next step. */
export function Saved({
  id,
  rules,
  channels,
}: {
  id: string | null;
  rules: readonly { id: string; name: string }[];
  channels: readonly { id: string; name: string }[];
}) {
  const channel = channels.find((item) => item.id === id);
  const rule = rules.find((item) => item.id === id);
  if (!channel && !rule) return null;
  return (
    <div role="status">
      <Callout meaning="good" title={`${(channel ?? rule)?.name} is saved.`}>
        {channel
          ? 'Press Test to see whether alerts arrive there.'
          : 'It tells what begins from now on, within seconds.'}
      </Callout>
    </div>
  );
}
