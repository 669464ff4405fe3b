import type { FilterQuery } from '#app/modules/outbox/filter-schema.ts';
import type { AmountRange, NumberRange } from '#app/modules/outbox/postback-schema.ts';
import { formatMoney, minorToDecimal } from '#app/platform/money.ts';
import { timeWords } from '#app/ui/filter-time.tsx';
import type { FilterName } from './filters.ts';
import { STATUS_LABELS } from './status.tsx';

export const PART_LABELS: Record<FilterName, string> = {
  status: 'Status',
  cause: 'Cause',
  httpStatus: 'HTTP status',
  network: 'Network',
  campaign: 'Campaign',
  affiliate: 'Affiliate',
  code: 'Tracking code',
  externalId: 'Order',
  issue: 'Issue',
  ids: 'Postback',
  amount: 'Revenue',
  attempts: 'Attempts',
  job: 'Bulk job',
  acknowledged: 'Acknowledged',
  text: 'Sent or answered',
  q: 'Search',
  range: 'Time',
};

/** Names of what the filter gives only by its id. */
export interface KnownNames {
  issues: Readonly<Record<string, string>>;
  job: string | null;
}

export interface PartWords {
  operator: string;
  value: string;
}

/** A part of the filter as its chip says it. `zone` is the reader's. */
export function partWords(filter: FilterQuery, name: FilterName, zone: string, names: KnownNames): PartWords {
  const { not } = filter;
  switch (name) {
    case 'status':
    case 'cause':
    case 'httpStatus':
    case 'network':
    case 'campaign':
      if (name === 'campaign' && filter.campaignKnown !== undefined)
        return { operator: 'is', value: filter.campaignKnown ? 'known' : 'not known' };
      if (name === 'cause' && filter.causeBegins)
        return { operator: 'begins with', value: filter.causeBegins };
      return not?.[name]?.length
        ? { operator: 'is not', value: listed(name, not[name] ?? []) }
        : { operator: 'is', value: listed(name, filter[name] ?? []) };
    case 'code':
      return is(filter.code, filter.codeBegins);
    case 'externalId':
      return is(filter.externalId, filter.externalIdBegins);
    case 'affiliate':
      return is(filter.affiliate);
    case 'ids':
      return is(filter.ids);
    case 'issue':
      return is(filter.issue?.map((id) => names.issues[id] ?? id));
    case 'job':
      return { operator: 'is', value: names.job ?? filter.job ?? '' };
    case 'amount':
      return rangeWords(filter.amount, (minor) => moneyWords(minor, filter.amount));
    case 'attempts':
      return rangeWords(filter.attempts, String);
    case 'acknowledged':
      return { operator: 'is', value: filter.acknowledged ? 'yes' : 'no' };
    case 'text':
      return { operator: 'contains', value: filter.text ?? '' };
    case 'q':
      return { operator: 'is', value: filter.q ?? '' };
    case 'range':
      return { operator: 'is', value: timeWords(filter, zone) };
  }
}

/** "Retrying, Parked +2". */
function shortList(words: readonly string[]): string {
  return words.length > 2 ? `${words.slice(0, 2).join(', ')} +${words.length - 2}` : words.join(', ');
}

const listed = (name: FilterName, values: readonly (string | number)[]): string =>
  shortList(
    values
      .map((value) =>
        name === 'status' ? (STATUS_LABELS[value as keyof typeof STATUS_LABELS] ?? value) : value,
      )
      .map(String),
  );

const is = (values: readonly string[] | undefined, begins?: string | undefined): PartWords =>
  begins ? { operator: 'begins with', value: begins } : { operator: 'is', value: shortList(values ?? []) };

const moneyWords = (minor: number, amount: AmountRange | undefined): string =>
  amount?.currency ? formatMoney(minor, amount.currency) : minorToDecimal(minor, 'USD');

function rangeWords(range: NumberRange | undefined, word: (n: number) => string): PartWords {
  const { gte, lte } = range ?? {};
  if (gte !== undefined && gte === lte) return { operator: 'is', value: word(gte) };
  if (gte !== undefined && lte !== undefined)
    return { operator: 'between', value: `${word(gte)} and ${word(lte)}` };
  if (gte !== undefined) return { operator: 'at least', value: word(gte) };
  if (lte !== undefined) return { operator: 'at most', value: word(lte) };
  const currency = (range as AmountRange | undefined)?.currency;
  return { operator: 'in', value: currency ?? '' };
}
