import { beforeEach, describe, expect, test } from 'vitest';
import { connectorById } from '#app/connectors/registry.server.ts';
import { saveAccount } from '#app/modules/campaigns/index.server.ts';
import { recoverLeases, retryMessage } from '#app/modules/outbox/index.server.ts';
import { applyTriage, sweepStrays } from '#app/modules/triage/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { startRefundKit } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';

type Kit = Awaited<ReturnType<typeof startRefundKit>>;
let kit: Kit;
beforeEach(async () => {
  kit = await startRefundKit();
});

const breakers = () => kit.prisma.breaker.findMany({ orderBy: { id: 'asc' } });
const breaker = async () => {
  const all = await breakers();
  expect(all).toHaveLength(1);
  return all[0] as (typeof all)[number];
};
const inState = (state: string) =>
  until(`the breaker is ${state}`, async () => ((await breaker()).state === state ? breaker() : null));
const countOf = (status: string) => kit.prisma.outboxMessage.count({ where: { status } });
const requests = () => kit.regatta.ledger({ limit: 0 }).byRoute.postback;
const revoke = () => kit.regatta.patchKey(kit.seed.apiKey, { state: 'revoked' });
/** Saves the account anew, as somebody does who replaces its key. */
const saveKey = async (apiKey: string) => {
  const account = await kit.prisma.networkAccount.findFirstOrThrow();
  await saveAccount(kit.ctx, {
    id: account.id,
    account: {
      name: account.name,
      connector: 'regatta',
      baseUrl: account.baseUrl,
      credentials: { apiKey },
      retryScheduleSeconds: account.retryScheduleSeconds,
    },
    connector: connectorById('regatta'),
    origin: 'env',
    actor: SYSTEM,
  });
};
/** One that is refused, and `waiting` that are parked behind it. */
const hold = async (waiting: number, fields: Record<string, unknown> = {}) => {
  const refused = await kit.convert(fields);
  await kit.settled(refused.postbackId, 'failed');
  const parked = [];
  for (let n = 0; n < waiting; n++) parked.push(await kit.convert(fields));
  for (const { postbackId } of parked) await kit.settled(postbackId, 'parked');
  return { refused, parked };
};

describe('a refusal that all others would get', () => {
  test('RG-27 with the key revoked the first is refused, and what follows is parked: no attempt, no request, its order and its money kept', async () => {
    await kit.lead();
    await kit.campaignsKnown();
    revoke();
    const before = requests();
    const { refused, parked } = await hold(3);
    expect(requests() - before).toBe(1);
    const open = await breaker();
    expect(open).toMatchObject({ scope: 'account', scopeKey: 'account', reason: 'bad_key', state: 'open' });
    const first = await kit.message(refused.postbackId);
    expect(first).toMatchObject({ errorCode: 'AUTH_INVALID_KEY', attempts: 1, breakerId: null });
    for (const { postbackId } of parked) {
      expect(await kit.message(postbackId)).toMatchObject({
        attempts: 0,
        attemptStartedAt: null,
        leaseOwner: null,
        firstMaySentAt: null,
        settledAt: null,
        breakerId: open.id,
        issueId: open.issueId,
        expectedCents: 1000n,
        expectedCurrency: 'USD',
      });
      expect(await kit.prisma.attempt.count({ where: { messageId: postbackId } })).toBe(0);
    }
    expect(open.issueId).toBe(first.issueId);
    const issue = await kit.prisma.issue.findUniqueOrThrow({ where: { id: open.issueId } });
    expect(issue.seen).toBe(4);
    expect(
      await kit.prisma.auditEntry.count({ where: { action: 'breaker_opened', subjectId: open.id } }),
    ).toBe(1);
    expect(
      await kit.prisma.issueEvent.count({ where: { issueId: open.issueId, kind: 'breaker_opened' } }),
    ).toBe(1);
  });

  test('RG-27 probes follow the timetable, one at a time, each the oldest that was never sent; a refused one is not tried again', async () => {
    revoke();
    const { parked } = await hold(3);
    const before = requests();
    await kit.pass(20_000);
    expect(requests()).toBe(before);
    await kit.pass(11_000);
    await kit.settled(parked[0]?.postbackId ?? '', 'failed');
    expect(requests()).toBe(before + 1);
    const again = await until('the probe is over', async () => {
      const row = await breaker();
      return row.probeMessageId === null ? row : null;
    });
    expect(again).toMatchObject({ state: 'open', probes: 1 });
    const waits = (again.nextProbeAt?.getTime() ?? 0) - again.trippedAt.getTime();
    expect(waits).toBe(60_000);
    expect(again.trippedAt.getTime()).toBeGreaterThan(again.openedAt.getTime());
    await kit.pass(61_000);
    await kit.settled(parked[1]?.postbackId ?? '', 'failed');
    expect(await kit.message(parked[0]?.postbackId ?? '')).toMatchObject({ status: 'failed', attempts: 1 });
    expect(await kit.message(parked[2]?.postbackId ?? '')).toMatchObject({ status: 'parked', attempts: 0 });
  });

  test('RG-27 a probe without an answer keeps its own ladder, and no other goes beside it for 15 minutes', async () => {
    revoke();
    const { parked } = await hold(2);
    kit.regatta.setFaults([{ kind: '500', route: 'postback' }]);
    const before = requests();
    await kit.pass(31_000);
    await kit.settled(parked[0]?.postbackId ?? '', 'retrying');
    await kit.pass(2_000);
    await until(
      'its second attempt',
      async () => (await kit.message(parked[0]?.postbackId ?? '')).attempts === 2,
    );
    await until('it is at the network', () => requests() - before === 2);
    expect((await breaker()).probeMessageId).toBe(parked[0]?.postbackId);
    expect((await kit.message(parked[1]?.postbackId ?? '')).status).toBe('parked');
    await kit.pass(15 * 60_000);
    await until('another is let try', async () => {
      await kit.pass(30_000);
      return (await kit.message(parked[1]?.postbackId ?? '')).status !== 'parked';
    });
  });

  test('RG-09 RG-27 once the key is replaced, one goes first and the rest follows by itself, oldest first; what was refused waits for a person', async () => {
    revoke();
    const { refused, parked } = await hold(12);
    const { key } = kit.regatta.createKey({ advertiserId: kit.seed.advertiser.id });
    await saveKey(key);
    await kit.leadline.runtime.clockwork?.tick();
    expect(await countOf('parked')).toBe(12);
    await kit.pass(6_000);
    for (const { postbackId } of parked) await kit.settled(postbackId, 'delivered');
    await inState('closed');
    expect(await kit.message(refused.postbackId)).toMatchObject({ status: 'failed', attempts: 1 });
    const taken = kit.regatta
      .ledger({ limit: 100 })
      .requests.filter((one) => one.effect === 'lead_created')
      .map((one) => one.externalId);
    expect(new Set(taken)).toEqual(new Set(parked.map((one) => one.externalId)));
    expect(taken[0]).toBe(parked[0]?.externalId);
    expect(await kit.prisma.auditEntry.count({ where: { action: 'breaker_closed' } })).toBe(1);
    const after = await kit.convert();
    await kit.settled(after.postbackId, 'delivered');
  });

  test('RG-29 an answer past the door is proof enough for a key: an unknown code, refused for itself, lets the rest go', async () => {
    revoke();
    const first = await kit.convert();
    await kit.settled(first.postbackId, 'failed');
    const unknown = await kit.convert({ ref: 'NoSuchCode' });
    const parked = await kit.convert();
    await kit.settled(parked.postbackId, 'parked');
    kit.regatta.patchKey(kit.seed.apiKey, { state: 'active' });
    await kit.pass(31_000);
    await kit.settled(unknown.postbackId, 'failed');
    await kit.settled(parked.postbackId, 'delivered');
    await inState('closed');
  });

  test('RG-31 a retry by hand passes the gate, and its answer decides as well', async () => {
    revoke();
    const { refused, parked } = await hold(2);
    await retryMessage(kit.ctx, { id: refused.postbackId, actor: SYSTEM });
    await until('refused again', async () => (await kit.message(refused.postbackId)).attempts === 2);
    await kit.settled(refused.postbackId, 'failed');
    expect(await countOf('parked')).toBe(2);
    kit.regatta.patchKey(kit.seed.apiKey, { state: 'active' });
    await retryMessage(kit.ctx, { id: refused.postbackId, actor: SYSTEM });
    await kit.settled(refused.postbackId, 'delivered');
    for (const { postbackId } of parked) await kit.settled(postbackId, 'delivered');
    await inState('closed');
  });

  test('RG-27 refused again while the rest goes out: it is held back again, and nothing is lost or sent twice', async () => {
    revoke();
    const { refused } = await hold(60);
    kit.regatta.patchKey(kit.seed.apiKey, { state: 'active' });
    kit.regatta.setFaults([{ kind: 'slow', route: 'postback', ms: 60 }]);
    await retryMessage(kit.ctx, { id: refused.postbackId, actor: SYSTEM });
    await until('some are out', async () => (await countOf('delivered')) >= 10);
    revoke();
    await inState('open');
    await until(
      'nothing is under way',
      async () => (await countOf('sending')) + (await countOf('retrying')) === 0,
    );
    expect(await countOf('parked')).toBeGreaterThan(0);
    kit.regatta.setFaults([]);
    kit.regatta.patchKey(kit.seed.apiKey, { state: 'active' });
    const { call } = kit.leadline;
    const tried = await call('POST', `/api/v1/breakers/${(await breaker()).id}/probe`);
    expect(tried.status).toBe(202);
    await inState('closed');
    expect(await countOf('parked')).toBe(0);
    const messages = await kit.prisma.outboxMessage.findMany();
    for (const { externalId, status } of messages)
      expect(kit.regatta.ledger({ externalId }).tally.leads).toBe(status === 'delivered' ? 1 : 0);
    expect(messages.every(({ status }) => status === 'delivered' || status === 'failed')).toBe(true);
  });

  test('RG-24 an inactive campaign holds back its own postbacks alone, and its test code passes', async () => {
    await kit.lead();
    await kit.campaignsKnown();
    const { id, testTrackingCode } = kit.seed.campaigns.springStarter;
    kit.regatta.patchCampaign(id, { status: 'PAUSED' });
    const { parked } = await hold(2);
    expect(await breaker()).toMatchObject({
      scope: 'campaign',
      scopeKey: `campaign:${id}`,
      reason: 'inactive_campaign',
      networkCampaignId: id,
    });
    const named = await kit.convert({ ref: 'SomeOtherCode', campaignId: id });
    await kit.settled(named.postbackId, 'parked');
    const other = await kit.convert({ ref: kit.codeOf('giftCardPush') });
    await kit.settled(other.postbackId, 'delivered');
    const fired = await kit.convert({ ref: testTrackingCode, campaignId: id });
    await kit.settled(fired.postbackId, 'test');
    expect((await breaker()).state).toBe('open');
    kit.regatta.patchCampaign(id, { status: 'ACTIVE' });
    await kit.pass(31_000);
    for (const { postbackId } of parked) await kit.settled(postbackId, 'delivered');
    await kit.settled(named.postbackId, 'failed');
    await inState('closed');
  });

  test('RG-25 an exhausted budget of a campaign that is not known yet holds back that code; a duplicate proves nothing', async () => {
    kit.regatta.patchCampaign(kit.seed.campaigns.springStarter.id, { budgetCents: 0 });
    const { parked } = await hold(2);
    expect(await breaker()).toMatchObject({
      scopeKey: `code:${kit.codeOf('springStarter')}`,
      reason: 'budget_exhausted',
      provenBy: 'accepted',
    });
    // the first that waits is at the network already: its probe is answered as a duplicate
    kit.regatta.patchCampaign(kit.seed.campaigns.springStarter.id, { budgetCents: 1_000, spentCents: 0 });
    await fetch(`${kit.regatta.baseUrl}/postback`, {
      method: 'POST',
      headers: { authorization: `Bearer ${kit.seed.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        rgta_ref: kit.codeOf('springStarter'),
        externalId: parked[0]?.externalId,
        eventType: 'PURCHASE',
      }),
    });
    await kit.pass(31_000);
    await kit.settled(parked[0]?.postbackId ?? '', 'duplicate');
    // the next follows at once, and is refused: the budget is used up
    await until('the next is refused', async () => {
      await kit.pass(1_000);
      return (await kit.message(parked[1]?.postbackId ?? '')).status === 'failed';
    });
    // its campaign is known by now: what held back the code holds back the campaign
    const { id } = kit.seed.campaigns.springStarter;
    expect(await breaker()).toMatchObject({ state: 'open', scopeKey: `campaign:${id}` });
  });

  test('RG-26 an empty wallet holds back the account, and a campaign fetched anew changes nothing about it', async () => {
    kit.regatta.patchWallet({ availableCents: 0 });
    const { parked } = await hold(1);
    expect(await breaker()).toMatchObject({ scopeKey: 'account', reason: 'empty_wallet' });
    kit.regatta.patchWallet({ availableCents: 1_000_000 });
    const { json } = await kit.leadline.call('GET', '/api/v1/breakers?network=regatta');
    expect(json.data.items).toMatchObject([{ reason: 'empty_wallet', parked: 1, network: 'regatta' }]);
    const { id } = json.data.items[0];
    expect((await kit.leadline.call('POST', `/api/v1/breakers/${id}/resume`)).status).toBe(202);
    await kit.settled(parked[0]?.postbackId ?? '', 'delivered');
    await inState('closed');
    expect((await kit.leadline.call('POST', `/api/v1/breakers/${id}/resume`)).status).toBe(409);
    expect((await kit.leadline.call('POST', `/api/v1/breakers/${id}/probe`)).status).toBe(409);
  });

  test('a refunded order that is parked is canceled, and stays so when the rest goes', async () => {
    revoke();
    const { parked } = await hold(2);
    const [gone, kept] = parked;
    await kit.refund({ externalId: gone?.externalId, full: true });
    await kit.settled(gone?.postbackId ?? '', 'canceled');
    kit.regatta.patchKey(kit.seed.apiKey, { state: 'active' });
    await kit.pass(31_000);
    await kit.settled(kept?.postbackId ?? '', 'delivered');
    await inState('closed');
    expect((await kit.message(gone?.postbackId ?? '')).status).toBe('canceled');
    expect(kit.regatta.ledger({ externalId: gone?.externalId }).tally.requests).toBe(0);
  });

  test('a dispute passes a gate that is closed for postbacks', async () => {
    const { externalId } = await kit.lead();
    await kit.campaignsKnown();
    kit.regatta.patchCampaign(kit.seed.campaigns.springStarter.id, { status: 'PAUSED' });
    await hold(1);
    await kit.refund({ externalId, full: true });
    await until('disputed', async () => (await kit.disputes()).some(({ status }) => status === 'delivered'));
  });
});

describe('pauses', () => {
  const pauseIt = (body: Record<string, unknown>) => kit.leadline.call('POST', '/api/v1/breakers', body);

  test('an account paused by hand sends nothing until it is resumed; then all goes, and it is on record', async () => {
    const paused = await pauseIt({ network: 'regatta', note: 'moving to a new key' });
    expect(paused.status).toBe(201);
    expect(paused.json.data).toMatchObject({ scope: 'account', reason: 'paused', state: 'open' });
    expect((await pauseIt({ network: 'regatta' })).json.error.code).toBe('CONFLICT');
    const waiting = [await kit.convert(), await kit.convert()];
    for (const { postbackId } of waiting) await kit.settled(postbackId, 'parked');
    await kit.pass(20 * 60_000);
    expect(requests()).toBe(0);
    const issue = await kit.prisma.issue.findUniqueOrThrow({ where: { id: paused.json.data.issueId } });
    expect(issue).toMatchObject({ errorCode: 'PAUSED', seen: 2 });
    const probe = await kit.leadline.call('POST', `/api/v1/breakers/${paused.json.data.id}/probe`);
    expect(probe.json.error.message).toContain('Resume it');
    const resumed = await kit.leadline.call('POST', `/api/v1/breakers/${paused.json.data.id}/resume`);
    expect(resumed.status).toBe(202);
    for (const { postbackId } of waiting) await kit.settled(postbackId, 'delivered');
    await inState('closed');
    const actions = (await kit.prisma.auditEntry.findMany()).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['account_paused', 'account_resumed', 'breaker_closed']));
  });

  test('a campaign paused by hand holds back what is known to be its own', async () => {
    await kit.lead();
    await kit.campaignsKnown();
    const { id } = kit.seed.campaigns.springStarter;
    expect((await pauseIt({ network: 'regatta', campaignId: 'no-such' })).status).toBe(404);
    expect((await pauseIt({ network: 'regatta', campaignId: id })).status).toBe(201);
    const own = await kit.convert();
    await kit.settled(own.postbackId, 'parked');
    const other = await kit.convert({ ref: kit.codeOf('giftCardPush') });
    await kit.settled(other.postbackId, 'delivered');
    // a code not seen before: its answer names the campaign, and from then on it is held back too
    const second = kit.regatta.createEnrollment({ campaignId: id, affiliateName: 'New Here' }).trackingCode;
    const learned = await kit.convert({ ref: second });
    await kit.settled(learned.postbackId, 'delivered');
    await until('the code is known', async () => {
      const parked = await kit.convert({ ref: second });
      await until(
        'it settles',
        async () => !['queued', 'sending'].includes((await kit.message(parked.postbackId)).status),
      );
      return (await kit.message(parked.postbackId)).status === 'parked';
    });
  });
});

describe('safety', () => {
  test('a restart reads what is held back before it sends anything', async () => {
    revoke();
    await hold(1);
    const before = requests();
    const { worker, wiring } = kit.leadline.runtime;
    wiring.gate.stop();
    expect(wiring.gate.breakers).toHaveLength(1);
    await wiring.gate.start();
    worker?.wake();
    const parked = await kit.convert();
    await kit.settled(parked.postbackId, 'parked');
    expect(requests()).toBe(before);
  });

  test('postbacks parked as their breaker closed are released after all', async () => {
    revoke();
    const { parked } = await hold(2);
    kit.regatta.patchKey(kit.seed.apiKey, { state: 'active' });
    // as a worker leaves it that had not heard: closed, with rows under it
    await kit.prisma.breaker.updateMany({ data: { state: 'closed', closedAt: new Date() } });
    expect(await sweepStrays(kit.ctx)).toBe(1);
    for (const { postbackId } of parked) await kit.settled(postbackId, 'delivered');
    await inState('closed');
    expect(await sweepStrays(kit.ctx)).toBe(0);
  });

  test('postbacks parked under a closed breaker are put under a newer one of the same kind', async () => {
    revoke();
    const { parked } = await hold(2);
    await kit.prisma.breaker.updateMany({ data: { state: 'closed', closedAt: new Date() } });
    await kit.leadline.runtime.wiring.gate.reload();
    const next = await kit.convert();
    await kit.settled(next.postbackId, 'failed');
    await sweepStrays(kit.ctx);
    const newer = (await breakers()).find(({ state }) => state !== 'closed');
    for (const { postbackId } of parked) {
      const row = await kit.message(postbackId);
      expect([row.status, row.breakerId]).toEqual(['parked', newer?.id]);
    }
  });

  test('a lease left by a crash between claim and park is taken back, told as interrupted, and parks', async () => {
    revoke();
    const { parked } = await hold(1);
    const id = parked[0]?.postbackId ?? '';
    const dead = { leaseOwner: 'wrk_dead', attempts: 1, attemptStartedAt: new Date(kit.clock.now()) };
    await kit.prisma.outboxMessage.update({
      where: { id },
      data: { ...dead, status: 'sending', breakerId: null, leaseUntil: new Date(kit.clock.now() - 1) },
    });
    const before = requests();
    await recoverLeases(kit.ctx, { all: false });
    await kit.settled(id, 'parked');
    expect(await kit.message(id)).toMatchObject({ attempts: 1, errorCode: 'INTERRUPTED' });
    expect(requests()).toBe(before);
  });

  test('where all is well and nothing is held back, outcomes cost no statement here', async () => {
    const { postbackId } = await kit.convert();
    await kit.settled(postbackId, 'delivered');
    const untouchable = new Proxy({} as Conn, {
      get: (_target, name) => {
        throw new Error(`touched ${String(name)}`);
      },
    });
    const { wiring } = kit.leadline.runtime;
    const finished = [
      { message: { id: postbackId }, settlement: { status: 'delivered' } },
    ] as unknown as Parameters<typeof applyTriage>[4];
    expect(await applyTriage(untouchable, kit.ctx, wiring.triage, wiring.gate, finished)).toEqual([]);
  });
});
