import type { BreakerView } from '#app/modules/triage/breaker-schema.ts';
import type { BreakerReason } from '#app/modules/triage/schema.ts';
import { formatCount, formatRough, toMillis } from '#app/platform/time-format.ts';
import { Button } from '#app/ui/button.tsx';
import { Section } from '#app/ui/drawer.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Time } from '#app/ui/time.tsx';
import { useNow } from '#app/ui/time-context.tsx';
import { postbacks } from './issue-words.ts';
import type { IssueActions } from './use-issue-actions.tsx';

const WHY: Record<BreakerReason, string> = {
  bad_key:
    'Every postback of this account would be refused for its key, so none is sent until one gets through.',
  inactive_account:
    'The network refuses everything of this account, so nothing is sent until it answers otherwise.',
  inactive_campaign:
    'The network refuses everything of this campaign, so nothing is sent until it is active again.',
  budget_exhausted:
    'The network pays nothing of this campaign now, so nothing is sent until there is budget again.',
  empty_wallet:
    'The network pays nothing while the wallet is empty, so nothing is sent until there is money again.',
  paused: 'Somebody paused it. What comes meanwhile waits in order and is sent once it is resumed.',
};

/** What holds back what follows: since when, what waits, and what will let it go. */
export function BreakerBox({
  breaker,
  parked,
  actions,
}: {
  breaker: BreakerView;
  parked: number;
  actions: IssueActions;
}) {
  const paused = breaker.reason === 'paused';
  const releasing = breaker.state === 'releasing';
  const open = breaker.state === 'open';
  return (
    <Section
      title={paused ? 'Paused' : releasing ? 'Letting go' : 'Held back'}
      end={
        open && (
          <>
            {!paused && (
              <Button
                small
                working={
                  (breaker.probeMessageId !== null && 'Trying one') ||
                  (actions.busy === `probe ${breaker.id}` && 'Trying one')
                }
                onClick={() => actions.tryOne(breaker)}
              >
                Try one now
              </Button>
            )}
            {paused && (
              <Button
                small
                variant="primary"
                working={actions.busy === `resume ${breaker.id}` && 'Resuming'}
                onClick={() => actions.resume(breaker)}
              >
                Resume
              </Button>
            )}
          </>
        )
      }
    >
      <p className="c2 mb-2">
        {releasing ? 'The cause is gone: what waited goes out, oldest first.' : WHY[breaker.reason]}
      </p>
      <Facts
        items={[
          { term: 'Since', value: <Since breaker={breaker} /> },
          {
            term: 'Waits',
            value:
              parked === 0 ? 'nothing yet; what comes is held back' : `${postbacks(parked)}, in their order`,
          },
          ...(open && !paused
            ? [{ term: 'Next try', value: <NextTry breaker={breaker} />, wrap: true }]
            : []),
        ]}
      />
    </Section>
  );
}

function Since({ breaker }: { breaker: BreakerView }) {
  return (
    <>
      <Time at={breaker.openedAt} />
      {breaker.openedBy !== null && ` by ${breaker.openedBy}`}
      {breaker.note !== null && breaker.note !== '' && `: ${breaker.note}`}
    </>
  );
}

function NextTry({ breaker }: { breaker: BreakerView }) {
  const now = useNow(1_000);
  const tries = breaker.probes === 0 ? 'none so far' : `${formatCount(breaker.probes)} so far`;
  if (breaker.probeMessageId !== null) return <>one is under way ({tries})</>;
  if (breaker.nextProbeAt === null) return <>only by hand ({tries})</>;
  const left = toMillis(breaker.nextProbeAt) - now;
  return (
    <span suppressHydrationWarning>
      {left <= 0 ? 'with the next postback' : `in ${formatRough(left)}`}, by itself ({tries})
    </span>
  );
}
