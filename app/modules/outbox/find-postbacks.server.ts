import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { lookUpIds, lookUpSearch } from './look-up-ids.server.ts';
import type { ResolvedFilter } from './postback-conditions.server.ts';
import { HTTP_CLASSES, type HttpMatch, type PostbackFilter, TEXT_CAP } from './postback-schema.ts';

/** Ids of the messages whose requests or answers hold these words, newest first; given by the composition root. */
export type SearchBodies = (text: string, limit: number) => Promise<readonly string[]>;

/**
 * Looks up what a filter names: accounts, and the ids behind searches, tracking codes, orders and affiliates where
 * they are few. `text` needs `searchBodies` and sees the newest thousand matches.
 */
export async function resolveFilter(
  ctx: Pick<Ctx, 'store'>,
  filter: PostbackFilter,
  searchBodies?: SearchBodies,
): Promise<ResolvedFilter> {
  const conn = ctx.store;
  const { network, q, text, ids, not, ...rest } = filter;
  if (text && !searchBodies) throw new Error('a filter by text needs searchBodies');
  const [accountIds, search, named, inBodies, values] = await Promise.all([
    accountsOf(conn, filter),
    q ? lookUpSearch(conn, q) : null,
    lookUpIds(conn, rest),
    text && searchBodies ? searchBodies(text, TEXT_CAP) : null,
    knownValues(conn, rest),
  ]);
  const { network: _names, ...others } = not ?? {};
  return {
    ...rest,
    ...values,
    ...named.left,
    ...(not ? { not: others } : {}),
    accountIds,
    ids: intersection([ids ?? null, named.ids, inBodies, search?.ids ?? null]),
    ...(search?.rest ? { search: search.rest } : {}),
  };
}

/** The accounts of "network is" and "is not"; null where both say nothing. */
async function accountsOf(conn: Conn, { network, not }: PostbackFilter): Promise<string[] | null> {
  if (!network?.length && !not?.network?.length) return null;
  const accounts = await conn.prisma.networkAccount.findMany({
    where: {
      ...(network?.length ? { name: { in: [...network] } } : {}),
      ...(not?.network?.length ? { NOT: { name: { in: [...not.network] } } } : {}),
    },
    select: { id: true },
  });
  return accounts.map((account) => account.id);
}

/** What is in all of the lists that are there. */
function intersection(lists: readonly (readonly string[] | null)[]): string[] | null {
  const there = lists.filter((list) => list !== null);
  const [first, ...others] = there.map((list) => new Set(list));
  if (!first) return null;
  return [...first].filter((id) => others.every((set) => set.has(id)));
}

/** Values of which there are few in the store are named one by one: their index then walks in order of ids. */
const FEW = 100;

async function knownValues(
  conn: Conn,
  { cause, causeBegins, httpStatus, attempts }: PostbackFilter,
): Promise<Pick<ResolvedFilter, 'cause' | 'causeBegins' | 'httpStatus' | 'attemptCounts'>> {
  const out: Pick<ResolvedFilter, 'cause' | 'causeBegins' | 'httpStatus' | 'attemptCounts'> = {};
  if (causeBegins !== undefined && !cause?.length) {
    const codes = await distinct<string>(conn, 'errorCode', '"errorCode" IS NOT NULL');
    if (codes) {
      const begun = codes.filter((code) => code.startsWith(causeBegins));
      // nothing begins so: a code that no message has stands for "none"
      Object.assign(out, { cause: begun.length > 0 ? begun : [causeBegins], causeBegins: undefined });
    }
  }
  if (httpStatus?.some((one) => typeof one === 'string')) {
    const answers = await distinct<number | bigint>(conn, 'httpStatus', '"httpStatus" <> 201');
    if (answers) out.httpStatus = expanded(httpStatus, answers.map(Number));
  }
  if ((attempts?.gte ?? 0) > 1) {
    const counts = await distinct<number | bigint>(conn, 'attempts', '"attempts" > 1');
    const within = counts
      ?.map(Number)
      .filter((n) => n >= (attempts?.gte ?? 0) && n <= (attempts?.lte ?? Number.POSITIVE_INFINITY));
    if (within) out.attemptCounts = within;
  }
  return out;
}

/** Hundreds as the statuses there are; one that never came stands for those of a hundred without any. */
function expanded(wanted: readonly HttpMatch[], there: readonly number[]): HttpMatch[] {
  const out = new Set<HttpMatch>();
  for (const one of wanted) {
    if (typeof one === 'number') out.add(one);
    else {
      const first = (HTTP_CLASSES.indexOf(one) + 1) * 100;
      const inside = there.filter((status) => status >= first && status < first + 100);
      for (const status of inside.length > 0 ? inside : [first]) out.add(status);
      if (first === 200) out.add(201);
    }
  }
  return [...out];
}

/** The different values in a partial index, found by leaps; null where there are more than a few. */
async function distinct<T>(conn: Conn, column: string, where: string): Promise<T[] | null> {
  const least = (more: string) =>
    `(SELECT m."${column}" FROM "OutboxMessage" m WHERE m.${where}${more} ORDER BY m."${column}" LIMIT 1)`;
  const rows = await conn.query<{ x: T }>(
    `WITH RECURSIVE v(x) AS (SELECT ${least('')} UNION ALL SELECT ${least(` AND m."${column}" > v.x`)} FROM v WHERE v.x IS NOT NULL) SELECT x AS "x" FROM v WHERE x IS NOT NULL LIMIT ${FEW + 1}`,
  );
  return rows.length > FEW ? null : rows.map((row) => row.x);
}
