import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { openDispute, rejectDispute, saveFourEyes } from '#app/modules/disputes/index.server.ts';
import { followAttempts } from '#app/modules/metrics/index.server.ts';
import { createEndpoint } from '#app/modules/webhooks/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { type RegattaSeed, seedRegatta } from '#app/practice/seed.ts';
import { refs } from '#app/server/export/refs.server.ts';
import { csvStream } from '#app/server/export/stream.server.ts';
import { fillCaptures, serveExports, signedIn } from '../setup/export-kit.ts';
import { startLeadline, type TestLeadline } from '../setup/leadline.ts';
import { until } from '../setup/wait.ts';

let regatta: PracticeRegatta;
let seed: RegattaSeed;
let leadline: TestLeadline;
let exports: Awaited<ReturnType<typeof serveExports>>;
let cookie: string;

beforeEach(async () => {
  regatta = await startPracticeRegatta();
  seed = seedRegatta(regatta);
  leadline = await startLeadline({ regattaBaseUrl: regatta.baseUrl, regattaKey: seed.apiKey });
  exports = await serveExports(leadline.runtime);
  ({ cookie } = await signedIn(leadline.runtime, leadline.url, { email: 'ann@example.com', role: 'viewer' }));
});
afterEach(async () => {
  await exports.stop();
  await leadline.stop();
  await regatta.stop();
});

const get = (path: string, headers: Record<string, string> = { cookie }) =>
  fetch(`${exports.url}/export/${path}`, { headers, redirect: 'manual' });
const linesOf = async (path: string) => (await (await get(path)).text()).split('\r\n').slice(0, -1);
const exported = async () =>
  (await listAudit(leadline.runtime.ctx)).items.filter((item) => item.action === 'table_exported');

describe('exports', () => {
  test('each list comes as the filter says, with the zone of the reader in the header and what formulas do undone', async () => {
    for (const ref of ['=1+1', 'AbC12345', 'AbC12345 '])
      await leadline.call('POST', '/api/v1/captures', {
        ref,
        promo: '@SUM(A1)',
        visitorId: 'ann@example.com',
        url: 'https://shop.example/x?email=ann@example.com#me',
      });
    const answer = await get('refs.csv?before=cap_0&open=cap_1', { cookie: `${cookie}; tz=Europe%2FBerlin` });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="leadline-refs-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const text = await answer.text();
    const [header, ...rows] = text.split('\r\n').slice(0, -1);
    expect(header).toBe(
      'Ref,Tracking code,Outcome,Code that stayed,Promo,Page,Source,Network,Captured (Europe/Berlin),Arrived (Europe/Berlin)',
    );
    expect(rows.map((row) => row.split(',')[1])).toEqual(['AbC12345 ', 'AbC12345', "'=1+1"]);
    expect(rows[0]).toContain(",'@SUM(A1),https://shop.example/x,api,regatta,");
    expect(text).not.toContain('ann@example.com');
    expect(await linesOf('refs.csv?ref=AbC12345%20')).toHaveLength(2);
    expect(await linesOf('refs.csv?prefix=AbC')).toHaveLength(3);
    expect(await linesOf('refs.csv?ref=nothing')).toHaveLength(1);
  });

  test('postbacks, leads, refunds and losses come with money in major units', async () => {
    const ref = seed.enrollments[0]?.trackingCode ?? '';
    await leadline.call('POST', '/api/v1/conversions', {
      externalId: 'order_1',
      eventType: 'PURCHASE',
      revenueCents: 9900,
      currency: 'USD',
      ref,
      customer: { email: 'ann@example.com' },
    });
    await until('the lead', async () => (await linesOf('leads.csv?view=all')).length === 2);
    await leadline.call('POST', '/api/v1/refunds', {
      refundId: 're_1',
      externalId: 'order_1',
      kind: 'refund',
      amountCents: 4950,
      note: 'ann@example.com asked',
    });
    const [postbacks, leads, refunds, losses] = await Promise.all(
      ['postbacks.csv', 'leads.csv?view=all', 'refunds.csv?view=all', 'losses.csv'].map(linesOf),
    );
    const cell = (lines: string[] | undefined, name: string) =>
      lines?.[1]?.split(',')[lines[0]?.split(',').indexOf(name) ?? -1];
    expect(cell(postbacks, 'Order')).toBe('order_1');
    expect(cell(postbacks, 'Revenue')).toBe('99.00');
    expect(cell(leads, 'Revenue')).toBe('99.00');
    expect(cell(leads, 'Tracking code')).toBe(ref);
    expect(cell(refunds, 'Amount')).toBe('49.50');
    expect(losses).toHaveLength(1);
    expect(await linesOf('postbacks.csv?status=failed')).toHaveLength(1);
    expect([postbacks, leads, refunds].flat().join()).not.toContain('ann@example.com');
    // an order in another currency than its payout: each amount in its own
    await leadline.runtime.ctx.store.prisma.conversion.updateMany({ data: { currency: 'JPY' } });
    const yen = await linesOf('leads.csv?view=all');
    expect([cell(yen, 'Revenue'), cell(yen, 'Revenue currency'), cell(yen, 'Currency')]).toEqual([
      '9900',
      'JPY',
      'USD',
    ]);
  });

  test('a refund is written in its own currency, also while it has no order', async () => {
    const at = new Date();
    await leadline.runtime.ctx.store.prisma.refund.create({
      data: {
        id: 'rfd_1',
        refundId: 're_yen',
        kind: 'refund',
        amountCents: 1_200,
        currency: 'JPY',
        source: 'stripe',
        contentHash: '',
        disposition: 'unmatched',
        explanation: '',
        occurredAt: at,
        createdAt: at,
        updatedAt: at,
      },
    });
    const [header = '', row = ''] = await linesOf('refunds.csv?view=all');
    const cell = (name: string) => row.split(',')[header.split(',').indexOf(name)];
    expect([cell('Refund'), cell('Amount'), cell('Currency'), cell('Order currency')]).toEqual([
      're_yen',
      '1200',
      'JPY',
      '',
    ]);
  });

  test('issues come with what they hold up', async () => {
    await leadline.call('POST', '/api/v1/conversions', {
      externalId: 'order_1',
      eventType: 'PURCHASE',
      revenueCents: 9900,
      currency: 'USD',
      ref: 'nobody99',
    });
    const lines = await until('the issue', async () => {
      const found = await linesOf('issues.csv');
      return found.length === 2 ? found : null;
    });
    expect(lines[0]).toContain('State,Cause,HTTP status,What happened');
    expect(lines[1]).toMatch(/^iss_\w+,open,NOT_FOUND,404,/);
    expect(await linesOf('issues.csv?state=resolved')).toHaveLength(1);
  });

  test('the audit log, bulk jobs, batches, alerts and webhook events come as their pages find them, without bodies and secrets', async () => {
    const { ctx } = leadline.runtime;
    const { prisma } = ctx.store;
    const at = new Date();
    const account = await prisma.networkAccount.findFirstOrThrow();
    const job = {
      kind: 'retry',
      filter: '{}',
      newestId: 'pbk_9',
      createdByName: 'Bo',
      createdAt: at,
      updatedAt: at,
    };
    await prisma.bulkJob.createMany({
      data: [
        { ...job, id: 'job_1', name: '=1+1', state: 'done', matched: 9, succeeded: 7, skipped: 2 },
        { ...job, id: 'job_2', name: 'Second', state: 'canceled' },
      ],
    });
    await prisma.disputeBatch.create({
      data: {
        id: 'dbt_1',
        name: 'May refunds',
        selection: '{}',
        selectionWords: 'Two leads',
        newestId: 'led_9',
        text: 'ann@example.com wants it back',
        templateKind: 'any',
        state: 'done',
        counts: JSON.stringify({ waiting: 0, disputed: 2, needs_approval: 1, refused: 0, left_out: 4 }),
        createdByType: 'user',
        createdByName: 'Bo',
        createdByRole: 'finance',
        createdAt: at,
        updatedAt: at,
      },
    });
    await prisma.alertChannel.create({
      data: {
        id: 'ach_1',
        name: 'Night',
        kind: 'email',
        target: 'x',
        hint: 'ann@example.com',
        createdAt: at,
        updatedAt: at,
      },
    });
    const told = {
      channelId: 'ach_1',
      transition: 'raised',
      body: '{"kind":"one","alerts":[{"rule":"Due","what":"ann@example.com"}],"more":0}',
      dueAt: at,
      createdAt: at,
    };
    await prisma.alertDelivery.createMany({
      data: [
        {
          ...told,
          id: 'ald_1',
          eventKey: 'a',
          title: 'Leads are due',
          status: 'sent',
          responseStatus: 250,
          sentAt: at,
        },
        { ...told, id: 'ald_2', eventKey: 'b', title: 'Again', status: 'failed', lastError: 'refused' },
      ],
    });
    const secret = 'whsec_the_stripe_secret_of_tests';
    const endpoint = (name: string) =>
      createEndpoint(ctx, {
        endpoint: { source: 'stripe', name, accountId: account.id, secret },
        actor: SYSTEM,
      });
    const [main, other] = [await endpoint('main'), await endpoint('other')];
    const event = {
      endpointId: main.id,
      verdict: 'verified',
      body: '{"email":"ann@example.com"}',
      bodyBytes: 27,
      headers: '[["x","ann@example.com"]]',
      receivedAt: at,
      lastSeenAt: at,
    };
    await prisma.webhookEvent.createMany({
      data: [
        {
          ...event,
          id: 'whe_1',
          eventId: 'evt_1',
          type: 'charge.refunded',
          subjectId: 'ch_1',
          state: 'handled',
          became: '[{"kind":"refund","id":"rfd_1","words":"Refund re_1"}]',
        },
        {
          ...event,
          id: 'whe_2',
          eventId: 'evt_2',
          type: 'charge.refunded',
          state: 'failed',
          error: 'no such order',
          testMode: true,
        },
      ],
    });
    // more than one page of the verb
    await prisma.webhookEvent.createMany({
      data: Array.from({ length: 120 }, (_, i) => ({
        ...event,
        endpointId: other.id,
        id: `whe_3${i}`,
        eventId: `evt_3${i}`,
        state: 'ignored',
      })),
    });

    const files = {
      audit: 'audit.csv?subject=api_key',
      jobs: 'jobs.csv?view=done',
      batches: 'batches.csv',
      alerts: 'alert-deliveries.csv?status=failed',
      events: `webhook-events.csv?endpoint=${main.id}&mode=live`,
    };
    const text: Record<string, string> = {};
    for (const [name, file] of Object.entries(files)) {
      expect((await get(file, {})).status, `${name} without a session`).toBe(302);
      text[name] = await (await get(file)).text();
    }
    const only = (name: string) => {
      const [header = '', row = '', ...more] = (text[name] ?? '').split('\r\n');
      expect(more, `${name} has one row`).toEqual(['']);
      return { header, row };
    };
    expect(only('audit').header).toBe(
      'Entry,When (UTC),Action,Who,Kind of actor,Kind of thing,To what,Detail,From',
    );
    expect(only('audit').row).toMatch(/^\w+,[-\d]+ [:\d]+,api_key_created,[^,]+,system,api_key,/);
    expect(only('jobs').header).toContain('Job,Name,Kind,State,Why,Matched,Left out,Let go,Succeeded');
    expect(only('jobs').row).toMatch(/^job_1,'=1\+1,retry,done,,9,2,0,7,0,,Bo,/);
    expect(only('batches').row).toMatch(/^dbt_1,May refunds,Two leads,,done,3,0,2,1,0,0,4,Bo,/);
    expect(only('alerts').row).toMatch(/^ald_2,[^,]+,Again,raised,one,Due,Night,email,failed,0,,refused,/);
    expect(only('events').header).toContain(
      "Delivery,Received (UTC),Event,Provider's event,About,Test,State",
    );
    expect(only('events').row).toMatch(
      /^whe_1,[^,]+,charge\.refunded,evt_1,ch_1,no,handled,,Refund re_1,1,,/,
    );
    expect(Object.values(text).join('')).not.toMatch(/ann@example\.com|whsec_/);
    expect(text.audit).not.toContain(leadline.key);

    const count = async (file: string) => (await linesOf(file)).length - 1;
    expect(await count('jobs.csv')).toBe(2);
    expect(await count('jobs.csv?view=stopped')).toBe(0);
    expect(await count('alert-deliveries.csv')).toBe(2);
    expect(await count('audit.csv?subject=breaker')).toBe(0);
    expect(await count('audit.csv?subject=nothing'), 'an unknown kind is no filter').toBeGreaterThan(1);
    expect(await count(`webhook-events.csv?endpoint=${main.id}&state=failed&q=evt_2`)).toBe(1);
    expect(await count(`webhook-events.csv?endpoint=${other.id}`)).toBe(120);
    expect((await get('webhook-events.csv')).status).toBe(404);
    expect((await get('webhook-events.csv?endpoint=whk_none')).status).toBe(404);
  });

  test('campaigns, approvals and delivery figures come with money in major units, as their pages find them', async () => {
    const { ctx, wiring } = leadline.runtime;
    const campaign = seed.campaigns.springStarter;
    const enrolled = seed.enrollments.find(({ campaignId }) => campaignId === campaign.id);
    await leadline.call('POST', '/api/v1/campaigns', { networkCampaignId: campaign.id });
    await leadline.call('POST', '/api/v1/conversions', {
      externalId: 'order_1',
      eventType: 'PURCHASE',
      revenueCents: 4900,
      currency: 'USD',
      ref: enrolled?.trackingCode,
    });
    const lead = await until('the lead', () => ctx.store.prisma.lead.findFirst());
    const person = (name: string, role: 'owner' | 'finance') =>
      ({ type: 'user', id: `usr_${name}`, name, role, ip: null }) as const;
    await saveFourEyes(ctx, { rule: { enabled: true, above: {} }, actor: person('Olga', 'owner') });
    const { approvalId } = await openDispute(ctx, wiring.disputes, {
      leadId: lead.id,
      reason: 'ann@example.com wants it back',
      delayMs: 0,
      actor: person('Maya', 'finance'),
    });
    const later = { store: ctx.store, clock: { now: () => ctx.clock.now() + 10_000 } };
    while ((await followAttempts(later)) > 0);

    const [campaigns = [], pending = [], decided = [], delivery = []] = await Promise.all(
      ['campaigns.csv?q=spring', 'approvals.csv', 'approvals.csv?view=decided', 'delivery.csv'].map(linesOf),
    );
    expect([campaigns.length, pending.length, decided.length, delivery.length]).toEqual([2, 2, 1, 2]);
    const cells = (lines: string[], ...names: string[]) =>
      names.map((name) => lines[1]?.split(',')[lines[0]?.split(',').indexOf(name) ?? -1]);
    expect(
      cells(
        campaigns,
        'Campaign',
        'Campaign name',
        'Network',
        'Status',
        'Payout each',
        'Currency',
        'Leads',
        'Still held',
      ),
    ).toEqual([campaign.id, campaign.name, 'regatta', 'ACTIVE', '10.00', 'USD', '1', '10.00 USD']);
    expect(cells(pending, 'State', 'Order', 'Payout', 'Currency', 'Asked by', 'Decided by', 'Lead')).toEqual([
      'pending',
      'order_1',
      '10.00',
      'USD',
      'Maya',
      '',
      lead.id,
    ]);
    expect(pending[0]).toContain('Dispute by (UTC)');
    await rejectDispute(ctx, {
      id: approvalId ?? '',
      note: 'ann@example.com',
      actor: person('Bo', 'finance'),
    });
    const over = await linesOf('approvals.csv?view=decided');
    expect(cells(over, 'Approval', 'State', 'Decided by')).toEqual([approvalId, 'rejected', 'Bo']);
    expect([pending, over].flat().join()).not.toContain('ann@example.com');
    expect(await linesOf('approvals.csv')).toHaveLength(1);
    expect(cells(delivery, 'Network', 'Campaign', 'Attempts', 'Accepted', 'Accepted at first try')).toEqual([
      'regatta',
      campaign.id,
      '1',
      '1',
      '1.000000',
    ]);

    const count = async (file: string) => (await linesOf(file)).length - 1;
    expect(await count('campaigns.csv?status=PAUSED')).toBe(0);
    expect(await count('campaigns.csv?q=spring&network=nobody')).toBe(1);
    expect(await count('campaigns.csv?q=spring%00'), 'what no store can hold is left out').toBe(1);
    expect(await count('delivery.csv?network=nobody')).toBe(0);
    expect(await count('delivery.csv?range=1h&from=2020-01-01&to=2020-01-02')).toBe(0);
    for (const table of ['campaigns', 'approvals', 'delivery'])
      expect((await get(`${table}.csv`, {})).status, `${table} without a session`).toBe(302);
  });

  test('who is not signed in is led to the sign-in, and what is no list is not found', async () => {
    const answer = await get('refs.csv', {});
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(/^\/login/);
    expect((await get('users.csv')).status).toBe(404);
    expect((await get('constructor.csv')).status).toBe(404);
    expect((await get('refs.txt')).status).toBe(404);
    expect((await get(`refs.csv?prefix=${'a'.repeat(2_100)}`)).status).toBe(400);
    expect(await exported()).toEqual([]);
  });

  test('an export is in the audit with its filter and rows, also one that its reader left', async () => {
    await fillCaptures(leadline.runtime.ctx.store, 20_000);
    expect(await linesOf('refs.csv?outcome=overwrite_blocked&after=cap_1')).toHaveLength(2_001);
    const [first] = await until('the note', async () =>
      (await exported()).length === 1 ? exported() : null,
    );
    expect(first).toMatchObject({
      subjectType: 'table',
      subjectId: 'refs',
      ip: '192.0.2.7',
      detail: { table: 'refs', filter: 'outcome=overwrite_blocked', rows: 2_000, end: 'complete' },
    });
    const leaving = new AbortController();
    const answer = await fetch(`${exports.url}/export/refs.csv`, {
      headers: { cookie },
      signal: leaving.signal,
    });
    await answer.body?.getReader().read();
    leaving.abort();
    const [second] = await until('the second note', async () =>
      (await exported()).length === 2 ? exported() : null,
    );
    expect(second?.detail).toMatchObject({ table: 'refs', filter: '', end: 'aborted' });
    expect(second?.detail?.rows).toBeLessThan(20_000);
  });

  test('who asks for the headers alone reads nothing, and takes nobody the place', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const answer = await fetch(`${exports.url}/export/refs.csv`, { method: 'HEAD', headers: { cookie } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-disposition')).toContain('leadline-refs-');
    }
    expect((await get('refs.csv')).status).toBe(200);
    await until('the note', async () => ((await exported()).length > 0 ? true : null));
    expect(await exported()).toHaveLength(1);
  });

  test('a store that fails midway cuts the file off, and says so in the audit', async () => {
    const ends: unknown[] = [];
    let chunk = 0;
    const stream = csvStream(
      {
        header: ['A'],
        next: async () => {
          chunk += 1;
          if (chunk === 3) throw new Error('the disk is gone');
          return [[chunk]];
        },
      },
      new AbortController().signal,
      async (rows, end) => void ends.push([rows, end]),
    );
    await expect(new Response(stream).text()).rejects.toThrow('the disk is gone');
    expect(ends).toEqual([[2, 'failed']]);
  });

  test('a reader that takes nothing is not read ahead for', async () => {
    let asked = 0;
    const stream = csvStream(
      { header: ['A'], next: async () => (++asked > 50 ? null : [[asked]]) },
      new AbortController().signal,
      async () => {},
    );
    const reader = stream.getReader();
    await reader.read();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toBe(1);
    await reader.cancel();
    expect(asked).toBe(1);
  });

  test('100,000 rows leave the heap as it was', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { runtime } = leadline;
    await fillCaptures(runtime.ctx.store, 100_000);
    const source = await refs(runtime, new URLSearchParams(), 'Europe/Berlin');
    const reader = csvStream(source, new AbortController().signal, async () => {}).getReader();
    const heaps: number[] = [];
    let lines = 0;
    let bytes = 0;
    for (let chunk = 0; ; chunk += 1) {
      const { value, done } = await reader.read();
      if (done) break;
      bytes += value.length;
      for (const byte of value) if (byte === 10) lines += 1;
      if (chunk % 10 === 5) {
        collect();
        heaps.push(process.memoryUsage().heapUsed);
      }
    }
    expect(lines).toBe(100_001);
    expect(bytes).toBeGreaterThan(10_000_000);
    expect(Math.max(...heaps.slice(1)) - (heaps[0] ?? 0)).toBeLessThan(5_000_000);
  });
});
