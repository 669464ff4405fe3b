import { Ban, CircleCheck, CircleX, Clock, Hourglass, Undo2 } from 'lucide-react';
import type { ApprovalCounts, ApprovalState } from '#app/modules/disputes/approval-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Look } from '#app/ui/meaning.ts';

/** Each state of an approval as a badge. */
export const APPROVAL_LOOKS: Record<ApprovalState, Look> = {
  pending: { meaning: 'needs', icon: Clock, label: 'Waits for approval' },
  approved: { meaning: 'good', icon: CircleCheck, label: 'Approved' },
  rejected: { meaning: 'neutral', icon: CircleX, label: 'Rejected' },
  withdrawn: { meaning: 'neutral', icon: Undo2, label: 'Withdrawn' },
  expired: { meaning: 'lost', icon: Hourglass, label: 'Nobody decided in time' },
  overtaken: { meaning: 'neutral', icon: Ban, label: 'No longer needed' },
};

const CAP = 1000;

/** "3 wait, 1 urgent". Counts stop at 1,001. */
export function waitingWords({ pending, urgent }: ApprovalCounts): string {
  if (pending === 0) return 'nothing waits for approval';
  const n = (count: number) => formatCount(Math.min(count, CAP), count > CAP);
  return `${n(pending)} ${pending === 1 ? 'waits' : 'wait'}${urgent > 0 ? `, ${n(urgent)} urgent` : ''}`;
}
