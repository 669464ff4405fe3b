import { listCaptures } from '#app/modules/capture/index.server.ts';
import type { CaptureItem } from '#app/modules/capture/view-schema.ts';
import { readFilters, whereOf } from '../../routes/_console.refs/filters.ts';
import { CHUNK, exportTable } from './table.ts';

type Row = CaptureItem & { network: string };

/** Where it arrived, without query and fragment: they may hold what a visitor typed. */
function placeOf(url: string | null): string | null {
  if (url === null) return null;
  if (!URL.canParse(url)) return url.split(/[?#]/, 1)[0] ?? null;
  const { origin, pathname } = new URL(url);
  return origin === 'null' ? pathname : origin + pathname;
}

/** Captured refs as /refs shows them, without what says who the visitor is. */
export const refs = exportTable<Row>({
  async read(runtime, query, zone) {
    const known = await runtime.accounts.all();
    const names = new Map(known.map((account) => [account.id, account.name]));
    const where = whereOf(readFilters(query), known, runtime.ctx.clock.now(), zone);
    return async (cursor) => {
      const page = await listCaptures(runtime.ctx, { ...where, limit: CHUNK, before: cursor ?? undefined });
      const rows = page.items.map((item) => ({
        ...item,
        network: names.get(item.accountId) ?? item.accountId,
      }));
      return { rows, next: page.nextBefore };
    };
  },
  columns: [
    { header: 'Ref', text: (row) => row.id },
    { header: 'Tracking code', text: (row) => row.ref },
    { header: 'Outcome', text: (row) => row.outcome },
    { header: 'Code that stayed', text: (row) => row.keptRef },
    { header: 'Promo', text: (row) => row.promo },
    { header: 'Page', text: (row) => placeOf(row.url) },
    { header: 'Source', text: (row) => row.source },
    { header: 'Network', text: (row) => row.network },
    { header: 'Captured', time: (row) => row.capturedAt },
    { header: 'Arrived', time: (row) => row.createdAt },
  ],
});
