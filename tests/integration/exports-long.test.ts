import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTable } from '#app/server/export/index.server.ts';
import { consoleRowsSql } from '../bench/console-rows.ts';
import { serveExports, signedIn } from '../setup/export-kit.ts';
import { startLeadline, type TestLeadline } from '../setup/leadline.ts';

/** Rows of each list: more than two chunks of any export. */
const ROWS = 2_300;
const ENDPOINT = 'whk_one';
const ZONE = 'Europe/Berlin';

let leadline: TestLeadline;
let exports: Awaited<ReturnType<typeof serveExports>>;
let cookie: string;

beforeAll(async () => {
  leadline = await startLeadline({
    regattaBaseUrl: 'http://127.0.0.1:9',
    regattaKey: 'rgt_live_of_these_tests',
  });
  exports = await serveExports(leadline.runtime);
  ({ cookie } = await signedIn(leadline.runtime, leadline.url, { email: 'vic@example.com', role: 'viewer' }));
  const { store, vault } = leadline.runtime.ctx;
  const at = new Date();
  const account = await store.prisma.networkAccount.findFirstOrThrow();
  const { id: _id, name: _name, ...same } = account;
  await store.prisma.networkAccount.create({ data: { ...same, id: 'acc_bench', name: 'bench' } });
  await store.prisma.webhookEndpoint.create({
    data: {
      id: ENDPOINT,
      source: 'stripe',
      name: 'one',
      accountId: account.id,
      secrets: vault.seal('[]'),
      hint: '',
      mapping: '{}',
      origin: 'settings',
      createdAt: at,
      updatedAt: at,
    },
  });
  await store.prisma.reconciliation.create({
    data: {
      id: 1,
      name: 'stripe.csv',
      source: 'billing',
      state: 'done',
      delimiter: ',',
      header: '[]',
      createdByName: 'Anna',
      createdAt: at,
      updatedAt: at,
    },
  });
  for (const statement of consoleRowsSql(store.dialect.name, ROWS)) await store.execute(statement);
});
afterAll(async () => {
  await exports.stop();
  await leadline.stop();
});

/** The last number of an id, by which the rows of the fill are counted. */
const numberOf = (id: unknown): number => Number(/\d+$/.exec(String(id))?.[0]);

/** Lists in their own order, and what a copy of their newest row needs to stand at the head of it. */
const LISTS: { list: string; query: string; table: string; rows: number; newer: Record<string, string> }[] = [
  { list: 'audit', query: '', table: 'AuditEntry', rows: ROWS, newer: { id: 'aud' } },
  { list: 'audit', query: 'subject=lead', table: 'AuditEntry', rows: 207, newer: { id: 'aud' } },
  { list: 'jobs', query: '', table: 'BulkJob', rows: ROWS, newer: { id: 'job' } },
  { list: 'batches', query: '', table: 'DisputeBatch', rows: ROWS, newer: { id: 'dbt' } },
  { list: 'approvals', query: '', table: 'DisputeApproval', rows: ROWS / 2, newer: { id: 'apr' } },
  {
    list: 'approvals',
    query: 'view=decided',
    table: 'DisputeApproval',
    rows: ROWS / 2,
    newer: { id: 'apr' },
  },
  {
    list: 'alert-deliveries',
    query: 'status=sent',
    table: 'AlertDelivery',
    rows: ROWS,
    newer: { id: 'ald', eventKey: 'new' },
  },
  {
    list: 'webhook-events',
    query: `endpoint=${ENDPOINT}`,
    table: 'WebhookEvent',
    rows: ROWS - 22,
    newer: { id: 'whe', eventId: 'new' },
  },
  {
    list: 'campaigns',
    query: '',
    table: 'Campaign',
    rows: ROWS,
    newer: { id: 'cmp', networkCampaignId: 'new' },
  },
  { list: 'refunds', query: 'view=all', table: 'Refund', rows: ROWS, newer: { id: 'rfd', refundId: 'new' } },
];

describe('exports of long lists', () => {
  test.each(LISTS)(
    '$list?$query has every row once, though rows arrive',
    async ({ list, query, table, rows, newer }) => {
      const { store } = leadline.runtime.ctx;
      const columns = Object.keys(
        (await store.query<Record<string, unknown>>(`SELECT * FROM "${table}" LIMIT 1`))[0] ?? {},
      );
      let arrived = 0;
      /** A copy of row 1 (or 2, which still waits) under ids of its own, newer than all. */
      const arrive = async (): Promise<void> => {
        arrived += 1;
        const id = `${newer.id}_01KZZ${list.length}${query.length}${arrived}`;
        const value = (name: string): string =>
          name === 'id' ? `'${id}'` : name in newer ? `'${newer[name]} ${id}'` : `"${name}"`;
        const model = `(SELECT * FROM "${table}" ORDER BY "id" LIMIT 1 OFFSET ${list === 'approvals' && query === '' ? 1 : 0})`;
        await store.execute(
          `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) SELECT ${columns.map(value).join(', ')} FROM ${model} AS m`,
        );
      };
      const source = await openTable(leadline.runtime, list, new URLSearchParams(query), ZONE);
      const seen: string[] = [];
      let chunks = 0;
      for (;;) {
        const records = await source.next();
        if (records === null) break;
        if (records.length > 0) chunks += 1;
        for (const [id] of records) seen.push(String(id));
        await arrive();
      }
      const filled = seen.filter((id) => id.includes('_01KDV') || list === 'campaigns' || list === 'refunds');
      const own = filled.filter((id) => !id.startsWith('new'));
      expect(new Set(own).size, 'none twice').toBe(own.length);
      expect(own.length, 'none missing').toBe(rows);
      expect(own.every((id) => numberOf(id) >= 1 && numberOf(id) <= ROWS)).toBe(true);
      // a row on a later page would be asked for one by one otherwise
      expect(chunks).toBeLessThanOrEqual(Math.ceil(rows / (list === 'campaigns' ? 200 : 1_000)) + 1);
      await store.execute(`DELETE FROM "${table}" WHERE "id" LIKE '%01KZZ%'`);
    },
  );

  test('reconciliation.csv has every row of a run once, gap by gap', async () => {
    const read = async (query: string) => {
      const source = await openTable(leadline.runtime, 'reconcile', new URLSearchParams(query), ZONE);
      const lines: number[] = [];
      for (let records = await source.next(); records !== null; records = await source.next())
        for (const [line] of records) lines.push(Number(line));
      return lines;
    };
    const all = await read('id=1&reason=all');
    expect(all).toEqual(Array.from({ length: ROWS }, (_, i) => i + 2));
    expect(await read('id=1')).toEqual(all.filter((line) => (line - 1) % 10 === 0));
  });
});

/** The cells of a CSV text, record by record. */
function cellsOf(text: string): string[][] {
  const records: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    records.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') records.push([]);
    if (end === '') break;
  }
  return records.filter((record) => record.length > 1);
}

const FORMULA = '=HYPERLINK("http://evil.example","pay")';
/** What people, networks and providers write, by table. */
const WRITTEN: Record<string, string[]> = {
  AuditEntry: ['actorName', 'subjectId', 'action', 'ip'],
  BulkJob: ['name', 'createdByName', 'stateReason'],
  DisputeBatch: ['name', 'createdByName', 'templateName', 'selectionWords'],
  DisputeApproval: ['requestedByName', 'decidedByName', 'batchId'],
  Lead: ['externalId', 'affiliateId', 'networkCampaignId'],
  AlertDelivery: ['title', 'lastError'],
  WebhookEvent: ['type', 'subjectId', 'error'],
  Campaign: ['name', 'status', 'syncError'],
  ReconciliationRow: ['key', 'detail', 'currency'],
};
const FILES = [
  'audit.csv',
  'jobs.csv',
  'batches.csv',
  'approvals.csv',
  'approvals.csv?view=decided',
  'alert-deliveries.csv',
  `webhook-events.csv?endpoint=${ENDPOINT}`,
  'campaigns.csv',
  'reconcile.csv?id=1&reason=all',
];

test.each(FILES)(
  '%s is for people who are signed in, names the zone of its times and runs no formula',
  async (file) => {
    const { store } = leadline.runtime.ctx;
    for (const [table, columns] of Object.entries(WRITTEN))
      await store.execute(
        `UPDATE "${table}" SET ${columns.map((name) => `"${name}" = '${FORMULA}'`).join(', ')} WHERE ${table === 'ReconciliationRow' ? '"n" <= 2' : `"id" LIKE '%000001' OR "id" LIKE '%000002'`}`,
      );
    const strange = await fetch(`${exports.url}/export/${file}`, { redirect: 'manual' });
    expect(strange.status).toBe(302);
    const answer = await fetch(`${exports.url}/export/${file}`, {
      headers: { cookie: `${cookie}; tz=${encodeURIComponent(ZONE)}` },
    });
    expect(answer.status).toBe(200);
    const [header = [], ...records] = cellsOf(await answer.text());
    expect(records.length).toBeGreaterThan(1_000);
    expect(records.every((record) => record.length === header.length)).toBe(true);
    const written = records.flat().filter((cell) => cell.includes('HYPERLINK'));
    expect(written.length).toBeGreaterThan(0);
    expect(written.every((cell) => cell === `'${FORMULA}` || !/^[\s]*[=+\-@]/.test(cell))).toBe(true);
    for (const [i, name] of header.entries()) {
      const times = records.filter((record) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(record[i] ?? ''));
      expect(times.length > 0, name).toBe(name.endsWith(`(${ZONE})`) && times.length > 0);
    }
    expect(header.filter((name) => name.endsWith(`(${ZONE})`)).length).toBeGreaterThan(0);
  },
);
