import type { FourEyes } from '#app/modules/disputes/approval-schema.ts';
import { formatMoney } from '#app/platform/money.ts';

/** When a dispute by a person waits for another one, in a sentence. */
export function fourEyesWords({ enabled, above }: FourEyes): string {
  if (!enabled) return 'Off: whoever may dispute does so alone.';
  const sums = Object.entries(above);
  if (sums.length === 0) return 'Another person approves every dispute.';
  const over = sums.filter(([, minor]) => minor > 0).map(([currency, minor]) => formatMoney(minor, currency));
  const every = sums.filter(([, minor]) => minor === 0).map(([currency]) => currency);
  const parts = [
    ...(over.length > 0 ? [`a dispute of more than ${over.join(', ')}`] : []),
    ...(every.length > 0 ? [`every dispute in ${every.join(', ')}`] : []),
    'and every one in another currency or whose payout is not known',
  ];
  return `Another person approves ${parts.join(', ')}.`;
}

/** What the rule does not hold for. */
export const BEFOREHAND =
  'Disputes that a refund rule sends by itself were approved beforehand, by whoever set the rule; not for refunds that somebody reported or matched to an order by hand: those wait.';
