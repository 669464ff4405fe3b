import { useRevalidator } from '@remix-run/react';
import { CirclePause } from 'lucide-react';
import { useState } from 'react';
import type { BreakerView } from '#app/modules/triage/breaker-schema.ts';
import type { BreakerReason } from '#app/modules/triage/schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { BandNotice } from '#app/ui/band-notice.tsx';
import { Button } from '#app/ui/button.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { notify } from '#app/ui/toast.tsx';
import { post } from '../_console.leads/post.ts';
import { postbacks } from './issue-words.ts';

const CAP = 1_000;

const REASONS: Record<BreakerReason, string> = {
  bad_key: 'Held back: the key is refused',
  inactive_account: 'Held back: the account is not active at the network',
  inactive_campaign: 'Held back: the campaign is not active',
  budget_exhausted: 'Held back: the budget is used up',
  empty_wallet: 'Held back: the wallet is empty',
  paused: 'Paused',
};

/** One line about what is held back here: since when, by whom, what waits, the way to its issue, and Resume. */
export function HeldBand({ breaker, mayTriage }: { breaker: BreakerView; mayTriage: boolean }) {
  const { revalidate } = useRevalidator();
  const [working, setWorking] = useState(false);
  const { parked, state, reason } = breaker;
  const resume = async () => {
    setWorking(true);
    const answer = await post('/issues/act', { intent: 'resume', breaker: breaker.id });
    setWorking(false);
    revalidate();
    if ('error' in answer) notify({ meaning: 'needs', title: 'Not resumed', detail: answer.error.message });
    else
      notify({ meaning: 'good', title: 'Resumed', detail: 'What waited goes out in order, oldest first.' });
  };
  const place = breaker.campaignName ?? breaker.networkCampaignId;
  return (
    <BandNotice
      meaning={state === 'releasing' ? 'waiting' : 'needs'}
      icon={CirclePause}
      boxed
      action={
        <span className="row">
          <TextLink to={`/issues?open=${encodeURIComponent(breaker.issueId)}`}>Its issue</TextLink>
          {reason === 'paused' && state === 'open' && mayTriage && (
            <Button small working={working && 'Resuming'} onClick={resume}>
              Resume
            </Button>
          )}
        </span>
      }
    >
      <b className="med">{state === 'releasing' ? 'Letting go what was held back' : REASONS[reason]}</b>
      {breaker.scope === 'campaign' && place && ` (${place})`}, since <Time at={breaker.openedAt} />
      {breaker.openedBy !== null && ` by ${breaker.openedBy}`}
      {breaker.note ? `: ${breaker.note}` : ''}.{' '}
      {parked === 0
        ? 'Nothing waits yet.'
        : parked > CAP
          ? `${formatCount(CAP, true)} postbacks wait, in order.`
          : `${postbacks(parked)} ${parked === 1 ? 'waits' : 'wait, in order'}.`}
    </BandNotice>
  );
}
