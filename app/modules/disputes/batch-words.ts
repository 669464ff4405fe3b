import type { Selection } from './batch-schema.ts';

/** A selection and a batch in words. Pure; client-safe. */

const LABELS: Record<string, string> = {
  refunded: 'with an open refund',
  holdState: 'Hold',
  dueBefore: 'Deadline before',
  status: 'Status',
  network: 'Network',
  campaign: 'Campaign',
  affiliate: 'Affiliate',
  q: 'Search',
  from: 'From',
  to: 'Until',
  disposition: 'Disposition',
  kind: 'Kind',
  source: 'Source',
};

const filterWords = (filter: Record<string, unknown>): string[] =>
  Object.entries(filter).flatMap(([name, value]) => {
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) return [];
    const label = LABELS[name] ?? name;
    if (value === true) return [label];
    return [`${label} ${Array.isArray(value) ? value.join(', ') : String(value)}`];
  });

/** "3 leads chosen", "Refunds: Kind chargeback · Source stripe", "All leads". */
export function selectionWords(selection: Selection): string {
  const what = selection.of.endsWith('leads') ? 'lead' : 'refund';
  if ('ids' in selection) {
    const n = selection.ids.length;
    return `${n} ${what}${n === 1 ? '' : 's'} chosen`;
  }
  const words = filterWords(selection.filter);
  return words.length === 0
    ? `All ${what}s`
    : `${what === 'lead' ? 'Leads' : 'Refunds'}: ${words.join(' · ')}`;
}

/** The name of a batch that was given none: "Dispute 214 leads". */
export const batchName = (eligible: number, templateName: string | null): string =>
  `Dispute ${eligible.toLocaleString('en-US')} ${eligible === 1 ? 'lead' : 'leads'}${templateName ? ` · ${templateName}` : ''}`;
