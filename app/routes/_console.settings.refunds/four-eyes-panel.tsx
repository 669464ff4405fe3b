import type { FourEyes } from '#app/modules/disputes/approval-schema.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { BEFOREHAND, fourEyesWords } from './four-eyes-words.ts';

/** When a dispute waits for another person, and the way to change it. */
export function FourEyesPanel({ rule, mayManage }: { rule: FourEyes; mayManage: boolean }) {
  return (
    <Panel
      title="Four eyes"
      end={
        <>
          <TextLink to="/approvals">Approvals</TextLink>
          {mayManage && (
            <ButtonLink small to="/settings/refunds/four-eyes" aria-label="Change four eyes">
              Change
            </ButtonLink>
          )}
        </>
      }
    >
      <p>{fourEyesWords(rule)}</p>
      <p className="c2 mt-2">{BEFOREHAND}</p>
    </Panel>
  );
}
