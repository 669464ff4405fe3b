import { COUNT_CAP, DAY_MS, DUE_MS, type LeadItem, type LeadTotal } from '#app/modules/leads/lead-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { View } from './filters.ts';
import { sumWords } from './lead-words.ts';

/** The tabs of the page, in their order. */
export const TABS: [View, string][] = [
  ['refunded', 'Refunded, not disputed'],
  ['due', 'Due within 72 h'],
  ['held', 'Held'],
  ['released', 'Released'],
  ['disputed', 'Disputed'],
  ['all', 'All'],
];

/** Groups of deadlines, by key. */
export const GROUP_LABELS: Record<string, string> = {
  today: 'Due within 24 h',
  soon: 'Due within 72 h',
  later: 'Later',
  over: 'Ended a moment ago',
};

/** A count that stops at 1,000: "1,000+". */
export const capped = (n: number): string => formatCount(Math.min(n, COUNT_CAP - 1), n >= COUNT_CAP);

/** The group of a lead by its deadline; `now` in ms. */
export function groupOf(lead: Pick<LeadItem, 'disputeBy'>, now: number): string {
  const left = Date.parse(lead.disputeBy ?? '') - now;
  return left <= 0 ? 'over' : left < DAY_MS ? 'today' : left < DUE_MS ? 'soon' : 'later';
}

/** How many leads a group holds and their money, beside its name. */
export function groupNote(
  groups: Record<'today' | 'soon' | 'later', LeadTotal> | null,
  key: string,
): string | undefined {
  const total = groups && (key === 'today' || key === 'soon' || key === 'later') ? groups[key] : null;
  if (!total || total.count === 0) return undefined;
  const leads = `${capped(total.count)} ${total.count === 1 ? 'lead' : 'leads'}`;
  return total.sums.length > 0 ? `${leads}, ${sumWords(total.sums)}` : leads;
}

/** What waits for a dispute, in the head of the page. */
export function refundedWords({ count, sums }: LeadTotal): string {
  if (count === 0) return 'nothing refunded waits';
  return `${capped(count)} refunded${sums.length > 0 ? `, ${sumWords(sums)} at stake` : ''}`;
}

/** Where the page lies. */
export function footText({
  items,
  total,
  prevBefore,
  nextAfter,
}: {
  items: readonly unknown[];
  total: number;
  prevBefore: string | null;
  nextAfter: string | null;
}): string {
  const all = capped(total);
  if (prevBefore === null && nextAfter === null)
    return items.length === 1 ? '1 lead' : `${items.length} leads`;
  return prevBefore === null ? `1–${items.length} of ${all}` : `${items.length} of ${all}`;
}
