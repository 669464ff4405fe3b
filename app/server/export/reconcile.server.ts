import { getRun, listRows } from '#app/modules/reconcile/index.server.ts';
import { GAPS, REASONS, type Reason, type ResultRow } from '#app/modules/reconcile/schema.ts';
import { placeOf, reasonWords } from '#app/modules/reconcile/words-schema.ts';
import { CHUNK, exportTable } from './table.ts';

type Row = ResultRow & { label: string; todo: string; link: string | null };

/**
 * What a reconciliation found, `id` its number: its gaps by reason, each in the order of the file, or the rows of
 * `reason` (`all`: every row).
 */
export const reconcile = exportTable<Row>({
  async read({ ctx, config }, query) {
    const run = await getRun(ctx, Number(query.get('id')));
    const asked = query.get('reason');
    const one = REASONS.filter((known) => known === asked);
    const walks: readonly (Reason | null)[] = asked === 'all' ? [null] : one.length > 0 ? one : GAPS;
    return async (cursor) => {
      const [at = 0, after] = cursor?.split(':').map(Number) ?? [];
      const reason = walks[at] ?? null;
      const page = await listRows(ctx, {
        runId: run.id,
        reasons: reason === null ? [] : [reason],
        limit: CHUNK,
        after,
      });
      const rows = page.items.map((item) => {
        const { label, todo } = reasonWords(item.reason, run.source);
        const place = placeOf(item);
        return { ...item, label, todo, link: place && new URL(place.to, config.publicUrl).href };
      });
      const more = at + 1 < walks.length ? `${at + 1}:0` : null;
      return { rows, next: page.nextAfter === null ? more : `${at}:${page.nextAfter}` };
    };
  },
  columns: [
    { header: 'Line', text: (row) => row.line },
    { header: 'Id', text: (row) => row.key },
    { header: 'Reason', text: (row) => row.label },
    { header: 'Detail', text: (row) => row.detail },
    { header: 'What to do', text: (row) => row.todo },
    { header: "File's amount", money: (row) => ({ minor: row.amountMinor, currency: row.currency }) },
    { header: "File's refund", money: (row) => ({ minor: row.refundedMinor, currency: row.currency }) },
    { header: "File's currency", text: (row) => row.currency },
    { header: "Leadline's amount", money: (row) => ({ minor: row.ourMinor, currency: row.ourCurrency }) },
    { header: "Leadline's currency", text: (row) => row.ourCurrency },
    { header: 'Time', time: (row) => row.occurredAt },
    { header: 'Conversion', text: (row) => row.conversionId },
    { header: 'Postback', text: (row) => row.postbackId },
    { header: 'Lead', text: (row) => row.leadId },
    { header: 'Refund', text: (row) => row.refundId },
    { header: 'Link', text: (row) => row.link },
  ],
});
