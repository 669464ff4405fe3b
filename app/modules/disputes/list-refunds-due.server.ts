import type { Ctx } from '#app/platform/context.server.ts';
import type { RefundFilter } from './inbox-schema.ts';
import { type Slice, slicesOf, walksOf } from './list-refunds-find.server.ts';
import { type RefundPage, readRefunds } from './list-refunds-read.server.ts';

type Read = Pick<Ctx, 'store'>;

/** Where a refund stands: its lead's deadline in ms, and its id. */
interface Place {
  at: number | null;
  id: string;
}

const cursorOf = ({ at, id }: Place): string => `${at ?? ''}.${id}`;

function readCursor(text: string | undefined): Place | null {
  const match = /^(\d{0,15})\.(rfd_[0-9A-Z]{1,40})$/.exec(text ?? '');
  return match ? { at: match[1] ? Number(match[1]) : null, id: match[2] as string } : null;
}

const inOrder = (a: Place, b: Place): number =>
  (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY) || (a.id < b.id ? -1 : 1);

/**
 * One page of refunds, those with the nearest deadline first, without one last. Cursors are those of a page before; one
 * that cannot be read begins at the start. No index holds this order, for the deadline is the lead's: all that match are
 * looked at, in parts between which others are let in, and as many as a page has are kept.
 */
export async function listByDeadline(
  ctx: Read,
  input: { filter: RefundFilter; limit: number; after?: string | undefined; before?: string | undefined },
): Promise<RefundPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit), 1), 200);
  const back = input.before !== undefined;
  const cursor = readCursor(input.before ?? input.after);
  let kept: Place[] = [];
  for (const walk of walksOf(input.filter)) {
    // whatever leads, the whole of it is looked at
    const stepped = { ...walk, stepped: walk.leading !== null };
    for await (const slice of slicesOf(ctx, stepped, { oldest: true })) {
      const found = await nearest(ctx, slice, { cursor, back, limit: limit + 1 });
      if (found.length === 0) continue;
      kept = [...kept, ...found].sort((a, b) => (back ? inOrder(b, a) : inOrder(a, b))).slice(0, limit + 1);
    }
  }
  const more = kept.length > limit;
  const page = kept.slice(0, limit);
  if (back) page.reverse();
  const [first, last] = [page.at(0), page.at(-1)];
  return {
    items: await readRefunds(
      ctx,
      page.map(({ id }) => id),
    ),
    nextAfter: last && (back || more) ? cursorOf(last) : null,
    prevBefore: first && (back ? more : cursor !== null) ? cursorOf(first) : null,
  };
}

/** Of one part those that stand next to the cursor, on its far side. */
async function nearest(
  { store }: Read,
  slice: Slice,
  { cursor, back, limit }: { cursor: Place | null; back: boolean; limit: number },
): Promise<Place[]> {
  const { dialect } = store;
  const args = [...slice.args];
  const param = (value: unknown): string => dialect.p(args.push(value));
  const due = 'l."disputeBy"';
  const beyond = ({ at, id }: Place): string => {
    if (at === null)
      return back
        ? `(${due} IS NOT NULL OR r."id" < ${param(id)})`
        : `(${due} IS NULL AND r."id" > ${param(id)})`;
    const pair = `(${due}, r."id") ${back ? '<' : '>'} (${param(dialect.time(at))}, ${param(id)})`;
    return back ? pair : `(${pair} OR ${due} IS NULL)`;
  };
  const direction = back ? 'DESC' : 'ASC';
  const rows = await store.query<{ id: string; at: Date | string | number | bigint | null }>(
    `SELECT r."id", ${due} AS "at" FROM (SELECT "id", "leadId" FROM "Refund" WHERE ${slice.where}) r
       LEFT JOIN "Lead" l ON l."id" = r."leadId"${cursor ? ` WHERE ${beyond(cursor)}` : ''}
     ORDER BY CASE WHEN ${due} IS NULL THEN 1 ELSE 0 END ${direction}, ${due} ${direction}, r."id" ${direction} LIMIT ${limit}`,
    ...args,
  );
  return rows.map(({ id, at }) => ({
    id,
    at: at === null ? null : new Date(typeof at === 'bigint' ? Number(at) : at).getTime(),
  }));
}
