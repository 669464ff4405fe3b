import type { LucideIcon } from 'lucide-react';
import {
  Ban,
  CircleCheck,
  CirclePause,
  CircleSlash,
  CircleX,
  Clock,
  Copy,
  FlaskConical,
  RotateCw,
  Send,
} from 'lucide-react';
import type { PostbackItem } from '#app/modules/outbox/postback-schema.ts';
import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import { formatRough, toMillis } from '#app/platform/time-format.ts';
import type { Meaning } from '#app/ui/meaning.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { useNow } from '#app/ui/time-context.tsx';

export const STATUS_LABELS: Record<MessageStatus, string> = {
  queued: 'Queued',
  sending: 'Sending',
  retrying: 'Retrying',
  delivered: 'Delivered',
  duplicate: 'Duplicate',
  test: 'Test',
  failed: 'Failed',
  exhausted: 'Exhausted',
  parked: 'Parked',
  canceled: 'Canceled',
};

/** Why a postback is held back, in a few words. */
const HELD: Record<string, string> = {
  bad_key: 'the API key is refused',
  inactive_account: 'the account is not active',
  inactive_campaign: 'the campaign is not active',
  budget_exhausted: 'campaign budget used up',
  empty_wallet: 'the wallet is empty',
  paused: 'paused',
};

type Told = Pick<PostbackItem, 'status' | 'dueAt' | 'reason' | 'attempts' | 'cancelReason' | 'kind'> & {
  heldReason?: string | null;
};

export interface ToldStatus {
  meaning: Meaning;
  icon: LucideIcon;
  label: string;
  consequence: string | null;
}

/** What came of a success; one whose data could not be read has a reason, and needs a person (RG-43). */
const wellOr = (reason: string | null, well: string): Pick<ToldStatus, 'meaning' | 'consequence'> =>
  reason === null ? { meaning: 'good', consequence: well } : { meaning: 'needs', consequence: reason };

/** A state with its consequence: what happens next, or why it stopped. `now` in ms. */
export function statusOf(item: Told, now: number): ToldStatus {
  const label = STATUS_LABELS[item.status];
  switch (item.status) {
    case 'queued':
      return { meaning: 'waiting', icon: Clock, label, consequence: dueWords('leaves', item.dueAt, now) };
    case 'sending':
      return { meaning: 'waiting', icon: Send, label, consequence: `attempt ${item.attempts}` };
    case 'retrying':
      return { meaning: 'waiting', icon: RotateCw, label, consequence: dueWords('next', item.dueAt, now) };
    case 'delivered':
      return {
        ...wellOr(item.reason, item.kind === 'dispute' ? 'payout taken back' : 'lead opened'),
        icon: CircleCheck,
        label,
      };
    case 'duplicate':
      return { ...wellOr(item.reason, 'the network already had it'), icon: Copy, label };
    case 'test':
      return { meaning: 'good', icon: FlaskConical, label, consequence: 'confirms tracking' };
    case 'failed':
      return { meaning: 'needs', icon: CircleX, label, consequence: item.reason };
    case 'exhausted':
      return { meaning: 'needs', icon: CircleSlash, label, consequence: `all ${item.attempts} attempts` };
    case 'parked':
      return {
        meaning: 'needs',
        icon: CirclePause,
        label,
        consequence: HELD[item.heldReason ?? ''] ?? item.reason,
      };
    case 'canceled':
      return {
        meaning: 'neutral',
        icon: Ban,
        label,
        consequence: item.cancelReason?.startsWith('Refunded')
          ? 'refunded before sending'
          : 'nothing is owed',
      };
  }
}

function dueWords(word: string, dueAt: string, now: number): string {
  const left = toMillis(dueAt) - now;
  return left <= 0 ? 'due now' : `${word} in ${formatRough(left)}`;
}

const SOON_MS = 60_000;

/** The badge of a message; counts down while something is coming. */
export function PostbackStatus({ item, inTable = false }: { item: Told; inTable?: boolean }) {
  const coming = item.status === 'queued' || item.status === 'retrying';
  const coarse = useNow(coming ? 15_000 : null);
  const near = coming && toMillis(item.dueAt) - coarse < 2 * SOON_MS;
  const fine = useNow(near ? 1_000 : null);
  const { consequence, ...status } = statusOf(item, near ? fine : coarse);
  return <StatusBadge {...status} then={consequence} inTable={inTable} />;
}
