import type { Conn } from '#app/platform/db/store.server.ts';
import { checkedColumn } from './checked-column.ts';
import { type Repair, repairsOf, SHORTEST_CODE } from './code-repairs.ts';
import { BLANK, spellings } from './code-trace.ts';
import type { CodeChange } from './code-undo.ts';
import { differenceWords } from './code-words.ts';
import type { LikelyCode, TraceStop } from './detail-schema.ts';
import { ACCEPTED_STATUSES } from './schema.ts';

/** Codes that are looked up at once, and conversions of each that are looked at for one the network took. */
const LOOKED_UP_MAX = 3_000;
const TRIES = 50;

type Seen = Exclude<LikelyCode['seen'], 'earlier'>;
const BEST: readonly Seen[] = ['accepted', 'test', 'record', 'captured'];

/**
 * The code that was probably meant by one the network does not know (RG-29). First what stood earlier on its own way;
 * else a code known to the store (taken by the network, a campaign's test code, on a record, captured) that becomes the
 * one sent by other case, white space, encoding, look-alike signs, something added, or a cut-off end. Bounded: every
 * look-up is by an index, and a beginning that several codes share names none.
 */
export async function findLikelyCode(
  conn: Conn,
  accountId: string,
  sent: string,
  stops: readonly TraceStop[] = [],
): Promise<LikelyCode | null> {
  const repairs = withCase([{ code: sent, changes: [] }, ...repairsOf(sent)], sent);
  const earlier = earlierCode(stops, sent);
  const changes = earlier === null ? null : (repairs.get(earlier) ?? cutOff(sent, earlier));
  if (earlier !== null && changes !== null) return onItsWay(conn, accountId, sent, earlier, changes);
  return (
    (await knownAmong(conn, accountId, sent, repairs)) ??
    (await knownAmong(conn, accountId, sent, extended(sent))) ??
    (await longerCode(conn, accountId, sent)) ??
    (earlier === null ? null : onItsWay(conn, accountId, sent, earlier, ['other']))
  );
}

async function onItsWay(
  conn: Conn,
  accountId: string,
  sent: string,
  ref: string,
  changes: readonly CodeChange[],
): Promise<LikelyCode> {
  const known = await knownAmong(conn, accountId, sent, new Map([[ref, changes]]));
  // that a visitor arrived with it says less than that it stood earlier on this very way
  const seen = known === null || known.seen === 'captured' ? 'earlier' : known.seen;
  return { ref, seen, changes: [...changes], words: differenceWords(sent, ref, changes) };
}

/** The code in the link, cookie or record, where the conversion came with another one. */
function earlierCode(stops: readonly TraceStop[], sent: string): string | null {
  for (const { place, value } of stops) {
    if (place !== 'conversion' && place !== 'body' && value !== null && value !== '' && value !== sent)
      return value;
  }
  return null;
}

const cutOff = (sent: string, meant: string): CodeChange[] | null =>
  meant.startsWith(sent)
    ? ['truncated']
    : sent.startsWith(meant) || sent.endsWith(meant)
      ? ['extended']
      : null;

/** Repairs in every case, by code, the likeliest first. */
function withCase(repairs: readonly Repair[], sent: string): Map<string, readonly CodeChange[]> {
  const out = new Map<string, readonly CodeChange[]>();
  for (const { code, changes } of repairs) if (code !== sent) out.set(code, changes);
  for (const { code, changes } of repairs) {
    // `spellings` takes white space off as well; without it the code is a repair of its own
    if (code.replaceAll(BLANK, '') !== code) continue;
    for (const spelt of spellings(code)) {
      if (out.size >= LOOKED_UP_MAX) return out;
      if (spelt !== sent && !out.has(spelt)) out.set(spelt, [...changes, 'case']);
    }
  }
  return out;
}

/** Beginnings and ends of the code, the longest first: something may have been added to it. */
function extended(sent: string): Map<string, readonly CodeChange[]> {
  const out = new Map<string, readonly CodeChange[]>();
  for (let length = Math.min(sent.length - 1, 64); length >= SHORTEST_CODE + 2; length--) {
    for (const part of [sent.slice(0, length), sent.slice(-length)])
      if (part.isWellFormed()) out.set(part, ['extended']);
  }
  return out;
}

const CODE = { ref: 'text', rank: 'int' } as const;

/** The best known of these codes: by how it is known, then by how likely its change is. */
async function knownAmong(
  conn: Conn,
  accountId: string,
  sent: string,
  codes: ReadonlyMap<string, readonly CodeChange[]>,
): Promise<LikelyCode | null> {
  if (codes.size === 0) return null;
  const { dialect } = conn;
  const own = (column: string) => checkedColumn(dialect, column);
  const statuses = ACCEPTED_STATUSES.map((status) => `'${status}'`).join(', ');
  const rows = await conn.query<{ ref: string; seen: Seen; rank: number | bigint }>(
    `SELECT * FROM (SELECT r."ref", r."rank", CASE
       WHEN EXISTS (SELECT 1 FROM (SELECT c."postbackId" FROM "Conversion" c WHERE c."ref" = r."ref" AND ${own('c."accountId"')} = ${dialect.p(1)} ORDER BY c."id" DESC LIMIT ${TRIES}) n
         JOIN "OutboxMessage" m ON m."id" = n."postbackId" WHERE m."status" IN (${statuses})) THEN 'accepted'
       WHEN EXISTS (SELECT 1 FROM "Campaign" t WHERE t."testTrackingCode" = r."ref" AND t."accountId" = ${dialect.p(2)}) THEN 'test'
       WHEN EXISTS (SELECT 1 FROM "TrackedRecord" d WHERE d."ref" = r."ref" AND ${own('d."accountId"')} = ${dialect.p(3)}) THEN 'record'
       WHEN EXISTS (SELECT 1 FROM "Capture" k WHERE k."ref" = r."ref" AND ${own('k."accountId"')} = ${dialect.p(4)}) THEN 'captured'
     END AS "seen" FROM ${dialect.rows(CODE, 5, 'r')}) AS t WHERE t."seen" IS NOT NULL`,
    accountId,
    accountId,
    accountId,
    accountId,
    dialect.encode(
      CODE,
      [...codes.keys()].map((ref, rank) => ({ ref, rank })),
    ),
  );
  const [best] = rows.sort(
    (a, b) => BEST.indexOf(a.seen) - BEST.indexOf(b.seen) || Number(a.rank) - Number(b.rank),
  );
  if (!best) return null;
  const changes = [...(codes.get(best.ref) ?? [])];
  return { ref: best.ref, seen: best.seen, changes, words: differenceWords(sent, best.ref, changes) };
}

/** Where a code may be found by its beginning. */
const PLACES = [
  ['"Conversion"', '"ref"'],
  ['"Capture"', '"ref"'],
  ['"TrackedRecord"', '"ref"'],
  ['"Campaign"', '"testTrackingCode"'],
] as const;

/** The only known code that begins with the one sent, which then lost its end; null where several do. */
async function longerCode(conn: Conn, accountId: string, sent: string): Promise<LikelyCode | null> {
  const bare = sent.trim();
  if (bare.length < SHORTEST_CODE) return null;
  const found = new Set<string>();
  for (const [table, column] of PLACES) {
    const first = await nextCode(conn, { table, column, accountId, above: bare, beginning: bare });
    if (first === null) continue;
    found.add(first);
    const second = await nextCode(conn, { table, column, accountId, above: first, beginning: bare });
    if (second !== null) found.add(second);
    if (found.size > 1) return null;
  }
  const [ref] = found;
  if (ref === undefined) return null;
  // a code that only ever came with refused conversions is no better than the one that was sent
  return knownAmong(conn, accountId, sent, new Map([[ref, ['truncated'] as const]]));
}

/** The first code above another, by its bytes, within those of one beginning: one step in the index. */
async function nextCode(
  conn: Conn,
  q: { table: string; column: string; accountId: string; above: string; beginning: string },
): Promise<string | null> {
  const { dialect } = conn;
  const [more, less, order] = dialect.name === 'postgres' ? ['~>~', '~<~', ' USING ~<~'] : ['>', '<', ''];
  const [row] = await conn.query<{ ref: string }>(
    `SELECT ${q.column} AS "ref" FROM ${q.table} WHERE ${q.column} ${more} ${dialect.p(1)} AND ${q.column} ${less} ${dialect.p(2)}
       AND ${checkedColumn(dialect, '"accountId"')} = ${dialect.p(3)} ORDER BY ${q.column}${order} LIMIT 1`,
    q.above,
    `${q.beginning}\u{10ffff}`,
    q.accountId,
  );
  return row?.ref ?? null;
}
