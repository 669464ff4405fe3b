import { Ban, CircleCheck, ListChecks, RotateCw, Undo2 } from 'lucide-react';
import type { BatchView } from '#app/modules/disputes/batch-schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Look } from '#app/ui/meaning.ts';

/** "$1,204.00 + €30.00 + 3 unknown". Money is minor units. */
export function moneyWords(sums: readonly { currency: string; minor: number }[], unknown: number): string {
  const words = sums.map(({ currency, minor }) => formatMoney(minor, currency));
  if (unknown > 0) words.push(`${formatCount(unknown)} unknown`);
  return words.length === 0 ? 'none' : words.join(' + ');
}

type Told = Pick<
  BatchView,
  'state' | 'eligible' | 'waiting' | 'disputed' | 'needApproval' | 'refused' | 'stopped' | 'leftOut'
>;

/** Whether rows of it may still go. */
export const isActive = ({ state }: Pick<BatchView, 'state'>): boolean =>
  state === 'collecting' || state === 'running';

/** A batch's state with its consequence, for a badge. */
export function stateOf(batch: Told): Look {
  switch (batch.state) {
    case 'collecting':
      return { meaning: 'waiting', icon: ListChecks, label: 'Writing it down' };
    case 'running':
      return { meaning: 'waiting', icon: RotateCw, label: 'Running' };
    case 'done':
      return batch.refused > 0
        ? { meaning: 'needs', icon: CircleCheck, label: 'Done, some refused' }
        : { meaning: 'good', icon: CircleCheck, label: 'Done' };
    case 'undone':
      return { meaning: 'neutral', icon: Undo2, label: 'Undone' };
    case 'canceled':
      return { meaning: 'neutral', icon: Ban, label: 'Canceled' };
  }
}

/** Rows that had their turn, of those that were to be disputed. */
export const progressOf = ({ eligible, waiting, stopped }: Told): { done: number; total: number } => ({
  done: eligible - waiting - stopped,
  total: eligible,
});

const part = (n: number, words: string): string[] => (n === 0 ? [] : [`${formatCount(n)} ${words}`]);

/** "12 disputed, 3 wait for approval, 1 refused". */
export function tallyWords(batch: Told): string {
  const words = [
    ...part(batch.disputed, 'disputed'),
    ...part(batch.needApproval, batch.needApproval === 1 ? 'waits for approval' : 'wait for approval'),
    ...part(batch.refused, 'refused'),
    ...part(batch.waiting, 'to go'),
    ...part(batch.stopped, 'left as they were'),
    ...part(batch.leftOut, 'left out'),
  ];
  return words.length === 0 ? 'nothing yet' : words.join(', ');
}
