import type { BreakerView } from '#app/modules/triage/breaker-schema.ts';
import type { BreakerReason } from '#app/modules/triage/schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Callout } from '#app/ui/callout.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';

const WHY: Record<BreakerReason, string> = {
  bad_key: 'The network refuses the API key of this account, so nothing else of it is sent.',
  inactive_account: 'The network refuses everything of this account, so nothing else of it is sent.',
  inactive_campaign: 'The network refuses everything of this campaign, so nothing else of it is sent.',
  budget_exhausted: 'The budget of the campaign is used up, so nothing else of it is sent.',
  empty_wallet: 'The wallet at the network is empty, so nothing else is sent.',
  paused: 'Somebody paused it.',
};
const CAP = 1_000;

/** Why a parked postback waits, since when, and where it is let go. */
export function HeldCallout({ held, issueId }: { held: BreakerView; issueId: string | null }) {
  const { openedAt, note, openedBy, parked, reason, state } = held;
  return (
    <Callout
      meaning="needs"
      title={
        <>
          Held back since <Time at={openedAt} as="full" />.
        </>
      }
      link={
        <TextLink to={`/issues?open=${encodeURIComponent(issueId ?? held.issueId)}`}>
          {reason === 'paused' ? 'Resume it' : 'Put it right and let them go'}
        </TextLink>
      }
    >
      {state === 'releasing' ? 'The cause is gone: what waited is going out, oldest first.' : WHY[reason]}
      {openedBy !== null && reason === 'paused' ? ` By ${openedBy}${note ? `: ${note}` : ''}.` : ''} It waits
      in its order{parked > 1 ? `, ${formatCount(Math.min(parked, CAP), parked > CAP)} in all` : ''}; nothing
      is dropped, and no attempt is used up.
    </Callout>
  );
}
