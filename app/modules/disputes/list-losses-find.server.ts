import { setImmediate as breathe } from 'node:timers/promises';
import type { Ctx } from '#app/platform/context.server.ts';
import { firstIdAt } from '#app/platform/ids.server.ts';

/** Ids sort by time: the first that a loss of this moment (ms since 1970) can have. */
export const lossIdAt = (ms: number): string => firstIdAt('los', ms);

/** Losses that one statement looks at in an index, where few of them may match. */
const LOOK = 2_000;

export interface LossSearch {
  cause?: string | undefined;
  currency?: string | undefined;
  /** The network's campaign id. */
  campaign?: string | undefined;
  /** Bounds of the id, both left out themselves. */
  above: string | null;
  below: string | null;
  /** Oldest first instead of newest first. */
  oldest: boolean;
  limit: number;
}

/** What one index leads to by itself; the rest of a search is looked for in that index. */
const LEADING = { campaign: 'networkCampaignId', cause: 'cause', currency: 'currency' } as const;
type Narrowing = keyof typeof LEADING;

/**
 * Ids of the losses that match, in their order. Each filter has an index in that order, which holds what the others ask
 * for; a combination that finds few is looked for in steps through it, between which others are let in.
 */
export async function findLosses({ store }: Pick<Ctx, 'store'>, search: LossSearch): Promise<string[]> {
  const { p } = store.dialect;
  const { oldest, limit } = search;
  const asked = (Object.keys(LEADING) as Narrowing[]).filter((name) => search[name] !== undefined);
  const [leading, ...others] = asked;
  const step = others.length > 0 ? Math.max(LOOK, limit) : limit;
  const found: string[] = [];
  let { above, below } = search;
  for (;;) {
    const args: unknown[] = [];
    const param = (value: unknown): string => p(args.push(value));
    const is = (name: Narrowing): string => `"${LEADING[name]}" = ${param(search[name])}`;
    // in the order in which they stand in the statement
    const hit = others.map(is).join(' AND ');
    const range = [
      ...(leading ? [is(leading)] : []),
      ...(above === null ? [] : [`"id" > ${param(above)}`]),
      ...(below === null ? [] : [`"id" < ${param(below)}`]),
    ];
    const direction = oldest ? 'ASC' : 'DESC';
    const rows = await store.query<{ id: string; hit: number | bigint }>(
      `SELECT "id", CASE WHEN ${hit || '1 = 1'} THEN 1 ELSE 0 END AS "hit" FROM "Loss"
       WHERE ${range.join(' AND ') || '1 = 1'} ORDER BY "id" ${direction} LIMIT ${step}`,
      ...args,
    );
    for (const row of rows) if (Number(row.hit) === 1) found.push(row.id);
    const last = rows.at(-1)?.id;
    if (found.length >= limit || rows.length < step || last === undefined) return found.slice(0, limit);
    if (oldest) above = last;
    else below = last;
    await breathe();
  }
}
