import { setImmediate as breathe } from 'node:timers/promises';
import { encodeTime } from 'ulid';
import type { Ctx } from '#app/platform/context.server.ts';

/** Ids sort by time: the first that a loss of this moment (ms since 1970) can have. */
export const lossIdAt = (ms: number): string => `los_${encodeTime(Math.max(0, ms), 10)}`;

/** Losses that one statement looks at when few of them may match. */
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

/**
 * Ids of the losses that match, in their order. A filter that finds few is looked for in steps, between which others
 * are let in: no statement looks at more than 2,000 losses.
 */
export async function findLosses({ store }: Pick<Ctx, 'store'>, search: LossSearch): Promise<string[]> {
  const { p } = store.dialect;
  const { oldest, limit } = search;
  const narrowed = [search.cause, search.currency, search.campaign].some((value) => value !== undefined);
  const step = narrowed ? Math.max(LOOK, limit) : limit;
  const found: string[] = [];
  let { above, below } = search;
  for (;;) {
    const args: unknown[] = [];
    const param = (value: unknown): string => p(args.push(value));
    // in the order in which they stand in the statement
    const hit = [
      ...(search.cause === undefined ? [] : [`x."cause" = ${param(search.cause)}`]),
      ...(search.currency === undefined ? [] : [`x."currency" = ${param(search.currency)}`]),
      ...(search.campaign === undefined ? [] : [`d."networkCampaignId" = ${param(search.campaign)}`]),
    ];
    const range = [
      ...(above === null ? [] : [`"id" > ${param(above)}`]),
      ...(below === null ? [] : [`"id" < ${param(below)}`]),
    ];
    const direction = oldest ? 'ASC' : 'DESC';
    const rows = await store.query<{ id: string; hit: number | bigint }>(
      `SELECT x."id", CASE WHEN ${hit.join(' AND ') || '1 = 1'} THEN 1 ELSE 0 END AS "hit"
       FROM (SELECT "id", "leadId", "cause", "currency" FROM "Loss" WHERE ${range.join(' AND ') || '1 = 1'} ORDER BY "id" ${direction} LIMIT ${step}) x
       ${search.campaign === undefined ? '' : 'LEFT JOIN "Lead" d ON d."id" = x."leadId"'} ORDER BY x."id" ${direction}`,
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
