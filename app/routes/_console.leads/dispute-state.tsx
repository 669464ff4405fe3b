import { CircleHelp, CircleSlash, Clock, RotateCw, Send, Users } from 'lucide-react';
import type { LeadItem } from '#app/modules/leads/lead-schema.ts';
import { formatDay, formatDuration, formatTimeShort } from '#app/platform/time-format.ts';
import { Button } from '#app/ui/button.tsx';
import type { Status } from '#app/ui/status-badge.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { useNow, useZone } from '#app/ui/time-context.tsx';
import type { LeadView } from './lead-view.ts';

/** A lead as far as its state needs it, and why the person may not dispute. */
export type Disputable = Pick<
  LeadView,
  'id' | 'externalId' | 'holdState' | 'disputeBy' | 'disputedAt' | 'dispute' | 'refusal' | 'state'
>;

/** Whether its state says more than a button that cannot act. */
export const isUnderWay = ({
  dispute,
  holdState,
  state,
}: Pick<Disputable, 'dispute' | 'holdState' | 'state'>): boolean =>
  dispute !== null || holdState === 'disputed' || state?.state === 'waiting_approval';

/** A state in a word, and its consequence. */
type State = Omit<Status, 'then'> & { next: string | null };

/** A dispute that is under way: "leaves in 8 s", "sent 11:02", "again in 21 s". */
function underWay(
  { status, attempts, dueAt, sentAt }: NonNullable<LeadItem['dispute']>,
  now: number,
  zone: string,
): State {
  const left = Date.parse(dueAt) - now;
  const seconds = shortly(left);
  if (status === 'retrying')
    return {
      meaning: 'waiting',
      icon: RotateCw,
      label: 'Disputing',
      next: left > 0 ? `again in ${seconds}` : 'trying again',
    };
  if (status === 'queued' && attempts === 0)
    return {
      meaning: 'waiting',
      icon: Send,
      label: 'Disputing',
      next: left > 0 ? `leaves in ${seconds}` : 'leaving now',
    };
  return {
    meaning: 'waiting',
    icon: Send,
    label: 'Disputing',
    next: sentAt ? `sent ${formatTimeShort(sentAt, now, zone)}` : 'sent',
  };
}

/** One that the network may have: it stays so until the network's own answer settles it. */
function ambiguous({ nextTryAt }: NonNullable<Disputable['state']>, now: number): State {
  const left = nextTryAt === null ? 0 : Date.parse(nextTryAt) - now;
  return {
    meaning: 'waiting',
    icon: CircleHelp,
    label: 'Sent, no answer yet',
    next: left > 0 ? `again in ${shortly(left)}` : 'trying again',
  };
}

const shortly = (ms: number): string =>
  ms < 60_000 ? `${Math.max(0, Math.ceil(ms / 1000))} s` : formatDuration(ms);

/** The state of a lead's money as a badge: the consequence, not a code. Ticks while a dispute is about to leave. */
export function useLeadStatus(lead: Disputable): State {
  const zone = useZone();
  const now = useNow(lead.dispute ? 1000 : 60_000);
  if (lead.holdState === 'disputed') {
    return {
      meaning: 'good',
      label: 'Disputed',
      next: lead.disputedAt ? formatTimeShort(lead.disputedAt, now, zone) : null,
    };
  }
  if (lead.state?.state === 'waiting_approval')
    return { meaning: 'waiting', icon: Users, label: 'Waits for approval', next: null };
  if (lead.state?.state === 'ambiguous') return ambiguous(lead.state, now);
  if (lead.state?.state === 'parked')
    return { meaning: 'waiting', icon: Clock, label: 'Disputing', next: 'held back for now' };
  if (lead.dispute) return underWay(lead.dispute, now, zone);
  if (lead.holdState === 'none')
    return {
      meaning: 'neutral',
      icon: CircleSlash,
      label: 'Released at once',
      next: 'zero days: cannot be disputed',
    };
  if (lead.holdState === 'released') {
    return {
      meaning: 'neutral',
      icon: CircleSlash,
      label: `Released${lead.disputeBy ? ` on ${formatDay(lead.disputeBy, now, zone)}` : ''}`,
      next: 'can no longer be disputed',
    };
  }
  return { meaning: 'waiting', icon: Clock, label: 'Held', next: 'can be disputed' };
}

export function LeadStatus({ lead, inTable = false }: { lead: Disputable; inTable?: boolean }) {
  const { next, ...status } = useLeadStatus(lead);
  return <StatusBadge {...status} then={next} inTable={inTable} />;
}

/**
 * The dispute button, or why there is none. A button that cannot act stays reachable and says why when it is focused
 * or pressed (RG-34).
 */
export function DisputeButton({
  lead,
  denied,
  primary = false,
  kbd,
  onDispute,
  onRefused,
}: {
  lead: Disputable;
  /** Why this person may not, or null. */
  denied: string | null;
  primary?: boolean;
  kbd?: string;
  onDispute: () => void;
  onRefused: (why: string) => void;
}) {
  const why = lead.refusal ?? denied;
  return (
    <Button
      small={!primary}
      variant={primary && why === null ? 'primary' : 'default'}
      {...(kbd && why === null ? { kbd } : {})}
      aria-disabled={why !== null}
      aria-label={`Dispute ${lead.externalId}`}
      title={why ?? undefined}
      aria-description={why ?? undefined}
      onClick={() => (why === null ? onDispute() : onRefused(why))}
    >
      Dispute
    </Button>
  );
}
