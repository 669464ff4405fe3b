import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { inTurn } from './in-turn.server.ts';
import type { SearchHit } from './schema.ts';

/** Hits of each kind. */
const EACH = 5;
/** Shorter texts begin too many words. */
const WORDS_MIN = 3;
/** Longer texts are no id of anything here. */
export const QUERY_MAX = 255;

/** Finds words inside requests and answers, newest first; given by the composition root. */
export type FindInBodies = (text: string, limit: number) => Promise<readonly BodyMatch[]>;

interface BodyMatch {
  messageId: string;
  externalId: string;
  part: 'request' | 'answer' | 'error';
  excerpt: string | null;
}

/**
 * Finds what a text names: an order's externalId, a tracking code, an id of a lead, refund, postback, payment or
 * customer, a campaign. Whole or by its beginning, case counts. Only walks indexes, so it costs the same in a full
 * store. Then, where `inBodies` is given, words inside requests and answers, whatever their case.
 */
export async function search(
  ctx: Pick<Ctx, 'store'>,
  query: string,
  inBodies?: FindInBodies,
): Promise<SearchHit[]> {
  const q = query.trim();
  if (q.length < 2 || q.length > QUERY_MAX || !q.isWellFormed() || q.includes('\0')) return [];
  const conn = ctx.store;
  const kinds = [postbacks, leads, refs, refunds, campaigns];
  const found = await inTurn(
    conn,
    kinds.map((find) => () => find(conn, q)),
  );
  const hits = found.flat();
  if (!inBodies || q.length < WORDS_MIN) return hits;
  return [...hits, ...(await bodies(inBodies, q, hits))];
}

const PARTS: Record<BodyMatch['part'], string> = {
  request: 'in the request',
  answer: 'in the answer',
  error: 'in the error message',
};

/** What has been found by its id is not told a second time. */
async function bodies(find: FindInBodies, q: string, hits: readonly SearchHit[]): Promise<SearchHit[]> {
  const told = new Set(hits.filter((hit) => hit.kind === 'postback').map((hit) => hit.id));
  const matches = await find(q, 2 * EACH);
  return matches
    .filter((match) => !told.has(match.messageId))
    .slice(0, EACH)
    .map(({ messageId, externalId, part, excerpt }) => ({
      kind: 'body',
      id: messageId,
      label: externalId,
      hint: excerpt === null ? PARTS[part] : `${PARTS[part]}: ${excerpt}`,
    }));
}

/**
 * A condition that `column` begins with q, which both stores answer from an index. PostgreSQL compares by the
 * database's own order of letters, in which the range is a little too wide: `^@` then decides.
 */
function begins(conn: Conn, column: string, q: string, args: unknown[]): string {
  const { name, p } = conn.dialect;
  const put = (value: string) => p(args.push(value));
  if (name === 'sqlite') return `${column} >= ${put(q)} AND ${column} < ${put(`${q}\u{10ffff}`)}`;
  return `${column} >= ${put(q)} AND ${column} < ${put(`${q}zzzzzzzz`)} AND ${column} ^@ ${put(q)}`;
}

async function select<T>(
  conn: Conn,
  text: (begin: (column: string) => string) => string,
  q: string,
): Promise<T[]> {
  const args: unknown[] = [];
  const sql = text((column) => begins(conn, column, q, args));
  return conn.query<T>(sql, ...args);
}

type MessageRow = { id: string; kind: string; externalId: string; status: string };

/** The kind is checked here: in SQL it would draw SQLite to the wrong index. By externalId, by our own id, and by the ids of payments (RG-40) and of the customer that came with the conversion. */
async function postbacks(conn: Conn, q: string): Promise<SearchHit[]> {
  const columns = 'm."id", m."kind", m."externalId", m."status"';
  const own = select<MessageRow>(
    conn,
    (b) => `SELECT ${columns} FROM "OutboxMessage" m WHERE ${b('m."id"')} LIMIT ${2 * EACH}`,
    q,
  );
  const orders = select<MessageRow>(
    conn,
    (b) => `SELECT ${columns} FROM "OutboxMessage" m WHERE ${b('m."externalId"')} LIMIT ${2 * EACH}`,
    q,
  );
  const payments = select<MessageRow & { paymentId: string }>(
    conn,
    (b) =>
      `SELECT ${columns}, r."paymentId" FROM "PaymentRef" r JOIN "Conversion" c ON c."id" = r."conversionId" JOIN "OutboxMessage" m ON m."id" = c."postbackId" WHERE ${b('r."paymentId"')} LIMIT ${EACH}`,
    q,
  );
  const customers = select<MessageRow & { customerId: string }>(
    conn,
    (b) =>
      `SELECT ${columns}, c."customerId" FROM "Conversion" c JOIN "OutboxMessage" m ON m."id" = c."postbackId" WHERE c."customerId" IS NOT NULL AND ${b('c."customerId"')} LIMIT ${EACH}`,
    q,
  );
  const hits = [
    ...[...(await own), ...(await orders)].map((row) => ({ row, hint: row.status })),
    ...(await payments).map((row) => ({ row, hint: `payment ${row.paymentId}` })),
    ...(await customers).map((row) => ({ row, hint: `customer ${row.customerId}` })),
  ];
  const seen = new Set<string>();
  return hits
    .filter(({ row }) => row.kind === 'postback' && !seen.has(row.id) && seen.add(row.id))
    .slice(0, EACH)
    .map(({ row, hint }) => ({ kind: 'postback', id: row.id, label: row.externalId, hint }));
}

type LeadRow = { id: string; networkLeadId: string; externalId: string; holdState: string };

/** By our id, the network's, and the order's. The network's ids are indexed within their account, so each is asked. */
async function leads(conn: Conn, q: string): Promise<SearchHit[]> {
  const columns = 'l."id", l."networkLeadId", l."externalId", l."holdState"';
  const by = (column: string) => (): Promise<LeadRow[]> =>
    select<LeadRow>(conn, (b) => `SELECT ${columns} FROM "Lead" l WHERE ${b(column)} LIMIT ${EACH}`, q);
  const accounts = await conn.prisma.networkAccount.findMany({ select: { id: true } });
  const found = await inTurn(conn, [
    by('l."id"'),
    by('l."externalId"'),
    ...accounts.map(({ id }) => (): Promise<LeadRow[]> => {
      const args: unknown[] = [id];
      const where = `l."accountId" = ${conn.dialect.p(1)} AND ${begins(conn, 'l."networkLeadId"', q, args)}`;
      return conn.query<LeadRow>(`SELECT ${columns} FROM "Lead" l WHERE ${where} LIMIT ${EACH}`, ...args);
    }),
  ]);
  const byId = new Map(found.flat().map((row) => [row.id, row]));
  return [...byId.values()].slice(0, EACH).map((row) => ({
    kind: 'lead',
    id: row.id,
    label: row.networkLeadId,
    hint: `${row.externalId} · ${row.holdState.replaceAll('_', ' ')}`,
  }));
}

/** Tracking codes, from arrivals and from conversions. */
async function refs(conn: Conn, q: string): Promise<SearchHit[]> {
  const found = await Promise.all([
    select<{ ref: string }>(
      conn,
      (b) =>
        `SELECT DISTINCT c."ref" FROM (SELECT "ref" FROM "Capture" WHERE ${b('"ref"')} LIMIT 500) c LIMIT ${EACH}`,
      q,
    ),
    select<{ ref: string }>(
      conn,
      (b) =>
        `SELECT DISTINCT c."ref" FROM (SELECT "ref" FROM "Conversion" WHERE ${b('"ref"')} LIMIT 500) c LIMIT ${EACH}`,
      q,
    ),
  ]);
  const codes = [...new Set(found.flat().map((row) => row.ref))].slice(0, EACH);
  return codes.map((ref) => ({ kind: 'ref', id: ref, label: ref, hint: 'tracking code' }));
}

/** By the provider's id, and by our own. */
async function refunds(conn: Conn, q: string): Promise<SearchHit[]> {
  const by = (column: string) =>
    select<{ id: string; refundId: string; kind: string; disposition: string }>(
      conn,
      (b) =>
        `SELECT r."id", r."refundId", r."kind", r."disposition" FROM "Refund" r WHERE ${b(column)} LIMIT ${EACH}`,
      q,
    );
  const found = [...(await by('r."refundId"')), ...(await by('r."id"'))];
  const rows = [...new Map(found.map((row) => [row.id, row])).values()].slice(0, EACH);
  return rows.map((row) => ({
    kind: 'refund',
    id: row.id,
    label: row.refundId,
    hint: `${row.kind} · ${row.disposition.replaceAll('_', ' ')}`,
  }));
}

/** Campaigns are few: by id or by any part of their name, whatever its case. */
async function campaigns(conn: Conn, q: string): Promise<SearchHit[]> {
  const { p } = conn.dialect;
  const pattern = q.toLowerCase().replace(/[\\%_]/g, (char) => `\\${char}`);
  const rows = await conn.query<{
    id: string;
    name: string | null;
    networkCampaignId: string;
    status: string | null;
  }>(
    `SELECT "id", "name", "networkCampaignId", "status" FROM "Campaign"
     WHERE lower(COALESCE("name", '')) LIKE ${p(1)} ESCAPE '\\' OR lower("networkCampaignId") LIKE ${p(2)} ESCAPE '\\' ORDER BY "id" LIMIT ${EACH}`,
    `%${pattern}%`,
    `${pattern}%`,
  );
  return rows.map((row) => ({
    kind: 'campaign',
    id: row.id,
    label: row.name ?? row.networkCampaignId,
    hint: row.status ?? '',
  }));
}
