/** What can be shown alone: deeds on things of one kind. */
export const SUBJECTS = [
  { value: '', label: 'All' },
  { value: 'account', label: 'Accounts' },
  { value: 'api_key', label: 'Keys' },
  { value: 'user', label: 'People' },
  { value: 'message', label: 'Postbacks' },
  { value: 'lead', label: 'Leads' },
  { value: 'refund', label: 'Refunds' },
  { value: 'campaign', label: 'Campaigns' },
  { value: 'issue', label: 'Issues' },
  { value: 'breaker', label: 'Breakers' },
  { value: 'job', label: 'Bulk jobs' },
  { value: 'dispute_batch', label: 'Batches' },
  { value: 'reason_template', label: 'Templates' },
  { value: 'reconciliation', label: 'Reconciliations' },
  { value: 'scheduled_export', label: 'Scheduled exports' },
  { value: 'alert_rule', label: 'Alert rules' },
  { value: 'alert_channel', label: 'Channels' },
  { value: 'webhook_endpoint', label: 'Webhooks' },
];

/** The kind of thing that the address asks for; empty: all, also where it asks for one that there is not. */
export const readSubject = (query: URLSearchParams): string =>
  SUBJECTS.find(({ value }) => value === query.get('subject'))?.value ?? '';

/** The pairs of the address that `readSubject` reads back. */
export const pairsOf = (subject: string): [string, string][] =>
  subject === '' ? [] : [['subject', subject]];

/** A detail as one line of at most 500 characters: "name shop · scopes ingest, read". */
export function detailWords(detail: Record<string, unknown> | null): string {
  const word = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(word).join(', ');
    if (value !== null && typeof value === 'object') return detailWords(value as Record<string, unknown>);
    return String(value);
  };
  return Object.entries(detail ?? {})
    .map(([name, value]) => `${name} ${word(value)}`)
    .join(' · ')
    .slice(0, 500);
}
