import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectorById } from '#app/connectors/registry.server.ts';
import { filterOfQuery } from '#app/modules/outbox/filter-schema.ts';
import { countResolved, listPostbacks, resolveFilter, walkIds } from '#app/modules/outbox/index.server.ts';
import { idsSql, looksAtRows } from '#app/modules/outbox/postback-sql.server.ts';
import { parameters } from '#app/platform/db/parameters.server.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';
import { FIRST_MS, JOB, type MadeRow, makeRows } from '../setup/postback-rows.ts';

const COUNT = 160;
let t: TestCtx;
let rows: MadeRow[];
beforeAll(async () => {
  t = await makeTestCtx();
  rows = await makeRows(t, COUNT);
});
afterAll(() => t?.close());

const filterOf = (query: string) => filterOfQuery(new URLSearchParams(query), FIRST_MS, 'UTC');
const inBodies = async () => [10, 20, 30].map((i) => rows[i]?.id ?? '');
const resolved = (query: string) => resolveFilter(t.ctx, filterOf(query), inBodies);
const failing = (row: MadeRow) => ['failed', 'exhausted', 'parked'].includes(row.status);
const hour = (n: number) => encodeURIComponent(new Date(FIRST_MS + n * 3_600_000).toISOString());

/** What each filter means, said once more in JavaScript. */
const MEANINGS: [string, (row: MadeRow) => boolean][] = [
  ['', () => true],
  ['status=failed,exhausted', (r) => r.status === 'failed' || r.status === 'exhausted'],
  ['status=not:delivered', (r) => r.status !== 'delivered'],
  ['status=not:delivered,duplicate', (r) => r.status !== 'delivered' && r.status !== 'duplicate'],
  ['cause=NOT_FOUND', (r) => r.errorCode === 'NOT_FOUND'],
  ['cause=is:a,b', (r) => r.errorCode === 'a,b'],
  ['cause=NOT_FOUND,TIMEOUT', (r) => r.errorCode === 'NOT_FOUND' || r.errorCode === 'TIMEOUT'],
  ['cause=not:NOT_FOUND', (r) => r.errorCode !== 'NOT_FOUND'],
  ['cause=begins:AUTH', (r) => r.errorCode?.startsWith('AUTH') ?? false],
  ['cause=begins:ZZ', () => false],
  ['httpStatus=404', (r) => r.httpStatus === 404],
  ['httpStatus=4xx', (r) => r.httpStatus !== null && r.httpStatus >= 400 && r.httpStatus < 500],
  ['httpStatus=2xx,503', (r) => r.httpStatus === 201 || r.httpStatus === 503],
  ['httpStatus=3xx', () => false],
  ['httpStatus=not:201', (r) => r.httpStatus !== 201],
  ['httpStatus=not:4xx,503', (r) => r.httpStatus === null || r.httpStatus === 201 || r.httpStatus === 500],
  ['network=second', (r) => r.account === 'second'],
  ['network=not:second', (r) => r.account !== 'second'],
  ['network=nobody', () => false],
  ['network=second&status=failed', (r) => r.account === 'second' && r.status === 'failed'],
  ['campaign=camp-a', (r) => r.campaign === 'camp-a'],
  ['campaign=is:unknown', (r) => r.campaign === 'unknown'],
  ['campaign=unknown', (r) => r.campaign === null],
  ['campaign=not:unknown', (r) => r.campaign !== null],
  ['campaign=not:camp-a', (r) => r.campaign !== 'camp-a'],
  ['affiliate=aff_1', (r) => r.affiliate === 'aff_1'],
  ['affiliate=nobody', () => false],
  ['code=aB3', (r) => r.ref === 'aB3'],
  ['code=begins:aB3', (r) => r.ref.startsWith('aB3')],
  ['code=begins:Q%25', (r) => r.ref.startsWith('Q%')],
  ['code=is:not:x', (r) => r.ref === 'not:x'],
  ['externalId=order_7', (r) => r.externalId === 'order_7'],
  ['externalId=begins:order_1', (r) => r.externalId.startsWith('order_1')],
  ['amount=gte:300', (r) => r.revenueCents >= 300],
  ['amount=gte:100&amount=lte:200', (r) => r.revenueCents >= 100 && r.revenueCents <= 200],
  ['amount=37', (r) => r.revenueCents === 37],
  ['amount=lte:200&currency=EUR', (r) => r.revenueCents <= 200 && r.currency === 'EUR'],
  ['attempts=gte:3', (r) => r.attempts >= 3],
  ['attempts=4', (r) => r.attempts === 4],
  ['attempts=gte:9', () => false],
  ['attempts=lte:1', (r) => r.attempts <= 1],
  [
    'attempts=gte:2&attempts=lte:3&status=failed',
    (r) => [2, 3].includes(r.attempts) && r.status === 'failed',
  ],
  ['issue=iss_1', (r) => r.issueId === 'iss_1'],
  ['issue=iss_1,iss_2&status=parked', (r) => r.issueId !== null && r.status === 'parked'],
  [`job=${JOB}`, (r) => r.inJob],
  [`job=${JOB}&status=failed&attempts=gte:2`, (r) => r.inJob && r.status === 'failed' && r.attempts >= 2],
  ['acknowledged=yes', (r) => r.acknowledged],
  ['acknowledged=no', (r) => !r.acknowledged],
  ['status=failed,exhausted,parked&acknowledged=no', (r) => failing(r) && !r.acknowledged],
  ['acknowledged=yes&status=parked', (r) => r.acknowledged && r.status === 'parked'],
  ['q=order_2', (r) => r.externalId.startsWith('order_2')],
  ['q=aB3', (r) => r.ref.startsWith('aB3')],
  ['q=nl_order_4', (r) => r.externalId === 'order_4' && r.affiliate !== null],
  ['q=nothing', () => false],
  [
    'text=words&status=not:delivered',
    (r) => [11, 21, 31].some((i) => r.externalId === `order_${i}`) && r.status !== 'delivered',
  ],
  [
    `from=${hour(10)}&to=${hour(20)}`,
    (r) =>
      r.createdAt.getTime() >= FIRST_MS + 10 * 3_600_000 && r.createdAt.getTime() < FIRST_MS + 20 * 3_600_000,
  ],
  [
    'cause=TIMEOUT&network=second&attempts=gte:2',
    (r) => r.errorCode === 'TIMEOUT' && r.account === 'second' && r.attempts >= 2,
  ],
  [
    'status=failed&status=failed&campaign=camp-a,camp-b&campaign=camp-a&amount=gte:50',
    (r) => r.status === 'failed' && r.campaign === 'camp-a' && r.revenueCents >= 50,
  ],
];

const meant = (means: (row: MadeRow) => boolean) => rows.filter(means).map((row) => row.externalId);

test.each(MEANINGS)('%s finds what it says, in both orders, page by page', async (query, means) => {
  const filter = await resolved(query);
  const expected = meant(means);
  for (const order of ['newest', 'oldest'] as const) {
    // 30 rows a look: the walk is cut off again and again where no index knows the filter
    for (const look of [undefined, 30]) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await listPostbacks(t.ctx, async () => connectorById('regatta'), {
          filter: {},
          resolved: filter,
          limit: 20,
          order,
          look,
          after,
        });
        seen.push(...page.items.map((item) => item.externalId));
        after = page.nextAfter ?? undefined;
      } while (after !== undefined);
      expect(seen, `${order} ${look}`).toEqual(order === 'oldest' ? expected : [...expected].reverse());
    }
  }
  expect(await countResolved(t.ctx, filter)).toEqual({ n: expected.length, more: false });
});

test('pages go back the way they came, also where walks are cut off', async () => {
  for (const query of ['', 'amount=gte:300', 'status=failed,parked']) {
    const filter = await resolved(query);
    const read = (at: { after?: string; before?: string }) =>
      listPostbacks(t.ctx, async () => connectorById('regatta'), {
        filter: {},
        resolved: filter,
        limit: 7,
        look: 25,
        ...at,
      });
    const forwards: string[] = [];
    let page = await read({});
    expect(page.prevBefore).toBeNull();
    for (;;) {
      forwards.push(...page.items.map((item) => item.id));
      if (page.nextAfter === null) break;
      page = await read({ after: page.nextAfter });
    }
    const backwards: string[] = [];
    // from beyond the last row up to the first
    page = await read({ before: 'pbk_0' });
    for (;;) {
      backwards.unshift(...page.items.map((item) => item.id));
      if (page.prevBefore === null) break;
      page = await read({ before: page.prevBefore });
    }
    expect(backwards).toEqual(forwards);
  }
});

test('a walk for jobs and exports goes through everything, however it is cut', async () => {
  const filter = await resolved('amount=gte:300&status=not:delivered');
  const seen: string[] = [];
  let above: string | undefined;
  for (;;) {
    const { ids, lastLooked } = await walkIds(t.ctx.store, filter, { order: 'oldest', limit: 5, above }, 16);
    seen.push(...ids);
    const next = ids.length >= 5 ? ids.at(-1) : lastLooked;
    if (next == null) break;
    above = next;
  }
  expect(seen).toEqual(
    rows.filter((r) => r.revenueCents >= 300 && r.status !== 'delivered').map((r) => r.id),
  );
});

test('a filter by words without a search is refused rather than ignored', async () => {
  await expect(resolveFilter(t.ctx, { text: 'words' })).rejects.toThrow('searchBodies');
});

/** SQLite chooses without looking at the rows: the plan is the same in a store of a million. */
const PLANS: [string, string, boolean][] = [
  ['', 'OutboxMessage_kind_id_idx (kind=?', false],
  ['status=failed', 'OutboxMessage_kind_status_id_idx (kind=? AND status=?', false],
  ['status=not:delivered', 'OutboxMessage_kind_status_id_idx (kind=? AND status=?', false],
  ['cause=NOT_FOUND', 'OutboxMessage_errorCode_idx (errorCode=? AND id>?)', false],
  ['cause=begins:AUTH', 'OutboxMessage_errorCode_idx (errorCode=? AND id>?)', false],
  ['httpStatus=4xx', 'OutboxMessage_httpStatus_idx (httpStatus=? AND id>?)', false],
  ['campaign=camp-a', 'OutboxMessage_campaign_idx (networkCampaignId=? AND status=? AND id>?)', false],
  ['attempts=gte:3', 'OutboxMessage_attempts_idx (attempts=? AND id>?)', false],
  ['issue=iss_1', 'OutboxMessage_issue_idx (issueId=? AND status=? AND id>?)', false],
  ['job=job_1', 'sqlite_autoindex_BulkItem_1 (jobId=? AND messageId>?)', false],
  ['network=second', 'OutboxMessage_accountId_id_idx (accountId=? AND id>?)', false],
  ['acknowledged=yes', 'OutboxMessage_acknowledged_idx (status=? AND id>?)', false],
  [
    'status=failed,exhausted,parked&acknowledged=no',
    'OutboxMessage_attention_idx (status=? AND id>?)',
    false,
  ],
  ['amount=gte:300', 'OutboxMessage_kind_id_idx (kind=?', true],
  ['cause=not:NOT_FOUND', 'OutboxMessage_kind_id_idx (kind=?', true],
  ['campaign=unknown&status=failed', 'OutboxMessage_kind_status_id_idx (kind=? AND status=?', true],
  ['cause=TIMEOUT&amount=gte:300', 'OutboxMessage_errorCode_idx (errorCode=? AND id>?)', true],
];

test.each(PLANS)('%s walks %s', async (query, index, looks) => {
  const { dialect } = t.ctx.store;
  const filter = await resolved(query);
  expect(looksAtRows(dialect, filter)).toBe(looks);
  if (dialect.name !== 'sqlite') return;
  const { args, param } = parameters(dialect);
  const sql = idsSql(dialect, filter, { order: 'newest', limit: 51 }, param);
  const plan = await t.ctx.store.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...args);
  const reads = plan.map((line) => line.detail).filter((line) => /^(SCAN|SEARCH) [mb]\b/.test(line));
  const walks = reads.filter(
    (line) => !line.includes('sqlite_autoindex_OutboxMessage_1') && line !== 'SCAN b',
  );
  expect(walks.length).toBeGreaterThan(0);
  for (const line of walks) expect(line).toContain(index);
});
