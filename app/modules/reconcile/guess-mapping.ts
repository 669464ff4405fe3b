import { readTime } from './read-time.ts';
import type { FileRow, IdKind, Mapping, Source, TimeFormat } from './schema.ts';

/** Names by which a column is known, what says most first. */
const NAMES: Record<
  'id' | 'lead' | 'amount' | 'payout' | 'currency' | 'refunded' | 'time' | 'status',
  RegExp[]
> = {
  id: [
    /^(external[ _-]?id|client[ _-]?reference([ _-]?id)?|order[ _-]?(id|number|no|name|ref(erence)?)|order|bestell(nummer|[ _-]?nr)|commande)$/,
    /^(payment[ _-]?intent([ _-]?id)?|charge[ _-]?id|transaction[ _-]?id|payment[ _-]?id|invoice[ _-]?id|checkout[ _-]?session([ _-]?id)?|session[ _-]?id|reference)$/,
    /^(id|name|number)$/,
    /order|transaction|payment|invoice/,
  ],
  lead: [/^(network[ _-]?)?(lead|conversion|action)[ _-]?id$/],
  amount: [
    /^(amount|total|order[ _-]?(total|amount|value)|gross|revenue([ _-]?cents)?|amount[ _-]?(cents|paid|captured)|sale[ _-]?amount|betrag|summe|montant)$/,
    /^(subtotal|price|value|net)$/,
    /(total|amount|revenue)(?!.*(refund|tax|fee|discount|shipping))/,
  ],
  payout: [/payout|commission|reward|provision/],
  currency: [/^(currency([ _-]?code)?|w\u00e4hrung|devise)$/, /currency/],
  refunded: [
    /^(amount[ _-]?refunded|refunded([ _-]?amount)?|refund([ _-]?(amount|total))?)/,
    /refund.*(amount|total)|(amount|total).*refund/,
  ],
  time: [
    /^(created([ _-]?(at|date|on))?([ _(]*utc\)?)?|paid[ _-]?at|processed[ _-]?at|order[ _-]?date|date|time(stamp)?|occurred[ _-]?at|datum|conversion[ _-]?(date|time)|billed[ _-]?at)/,
    /date|_at$| at$|time/,
  ],
  status: [/^(financial[ _-]?status|payment[ _-]?status|status|state|hold[ _-]?state)$/, /status/],
};

/** A first mapping of a file, from its names and its first rows. What it cannot tell stays open. */
export function guessMapping(
  header: readonly string[],
  rows: readonly FileRow[],
  source: Source,
  defaults: { zone: string; accountId: string | null },
): Mapping {
  const names = header.map((name) => name.toLowerCase().trim());
  const valuesOf = (at: number | null): string[] =>
    at === null ? [] : rows.map(([, cells]) => (cells[at] ?? '').trim()).filter((text) => text !== '');
  const taken = new Set<number>();
  const find = (...lists: RegExp[][]): number | null => {
    for (const pattern of lists.flat()) {
      const at = names.findIndex((name, i) => !taken.has(i) && pattern.test(name));
      if (at < 0) continue;
      taken.add(at);
      return at;
    }
    return null;
  };
  const network = source === 'network';
  const refunded = network ? null : find(NAMES.refunded);
  const currency = find(NAMES.currency);
  const status = find(NAMES.status);
  const time = find(NAMES.time);
  const payout = network ? find(NAMES.payout) : null;
  const amount = payout ?? find(NAMES.amount);
  const lead = network && !names.some((name) => NAMES.id[0]?.test(name)) ? find(NAMES.lead) : null;
  const id = lead ?? find(NAMES.id) ?? 0;
  const idKind = lead === null ? kindOf(names[id] ?? '', valuesOf(id)) : 'lead';
  const [orders, payments] = [NAMES.id[0] as RegExp, NAMES.id[1] as RegExp];
  const otherId = idKind === 'either' ? null : find([idKind === 'order' ? payments : orders]);
  const amounts = [...valuesOf(amount), ...valuesOf(refunded)];
  return {
    id,
    idKind,
    otherId,
    accountId: defaults.accountId,
    amount,
    amountIs: payout === null ? 'revenue' : 'payout',
    unit: inMinor(names[amount ?? -1] ?? '', amounts) ? 'minor' : 'major',
    decimal: amounts.some((text) => /,\d{1,2}\D*$/.test(text)) ? ',' : '.',
    currency,
    currencyForAll: null,
    refunded,
    time,
    timeFormat: formatOf(valuesOf(time), defaults.zone),
    zone: /utc|gmt/.test(names[time ?? -1] ?? '') ? 'UTC' : defaults.zone,
    status,
    statusWords: [],
  };
}

/** Ids of providers say what they are by their prefix. */
function kindOf(name: string, values: readonly string[]): IdKind {
  const payments = values.filter((text) => /^(pi|ch|py|cs|in|sub|txn)_/.test(text)).length;
  if (payments > 0 && payments * 2 >= values.length) return 'payment';
  if (/order|external|reference|bestell|commande|name/.test(name)) return 'order';
  return /payment|charge|invoice|transaction|session/.test(name) ? 'either' : 'order';
}

/** Whole numbers only, under a name that says so: cents. */
function inMinor(name: string, amounts: readonly string[]): boolean {
  if (amounts.length === 0 || !amounts.every((text) => /^-?\d+$/.test(text))) return false;
  return /cent|minor|pence/.test(name);
}

function formatOf(values: readonly string[], zone: string): TimeFormat {
  const fits = (format: TimeFormat): boolean => values.every((text) => readTime(text, format, zone) !== null);
  if (values.length === 0) return 'iso';
  return (['iso', 'unix', 'dmy', 'mdy'] as const).find(fits) ?? 'iso';
}
