import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { createUser } from '#app/modules/operators/index.server.ts';
import { changeView, listViews, removeView, saveView } from '#app/modules/views/index.server.ts';
import { type Actor, SYSTEM } from '#app/platform/context.server.ts';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { seedRegatta } from '#app/practice/seed.ts';
import { cleanQuery } from '../../app/routes/_console.refs/filters.ts';
import { action, loader } from '../../app/routes/_console.views/route.ts';
import { loader as countsLoader } from '../../app/routes/_console.views_.counts/route.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';
import { signedIn } from '../setup/export-kit.ts';
import { startLeadline } from '../setup/leadline.ts';

let t: TestCtx;
beforeEach(async () => {
  t = await makeTestCtx();
});
afterEach(() => t.close());

const person = async (email: string, role: 'owner' | 'ops' | 'viewer'): Promise<Actor> => {
  const { id, name } = await createUser(t.ctx, {
    email,
    role,
    password: 'correct horse battery',
    actor: SYSTEM,
  });
  return { type: 'user', id, name, role, ip: null };
};
const save = (actor: Actor, name: string, query = 'outcome=kept', shared = false) =>
  saveView(t.ctx, { actor, page: 'refs', name, query, shared, cleanQuery });
const change = (actor: Actor, id: string, what: { name?: string; shared?: boolean; query?: string }) =>
  changeView(t.ctx, { actor, id, ...what, cleanQuery: () => cleanQuery });
const names = async (actor: Actor) =>
  (await listViews(t.ctx, { page: 'refs', actor })).map((view) => view.name);

describe('saved views', () => {
  test('a view keeps what the page knows of its query, and is seen by its owner until it is shared', async () => {
    const [ann, bob] = [await person('ann@example.com', 'ops'), await person('bob@example.com', 'viewer')];
    const view = await save(ann, '  Blocked  ', '?open=cap_1&x=1&outcome=overwrite_blocked&after=cap_9');
    expect(view).toMatchObject({
      name: 'Blocked',
      query: 'outcome=overwrite_blocked',
      shared: false,
      mine: true,
      mayChange: true,
      owner: { id: ann.id },
    });
    expect(await names(bob)).toEqual([]);
    await change(ann, view.id, { shared: true });
    expect(await listViews(t.ctx, { page: 'refs', actor: bob })).toMatchObject([
      { id: view.id, mine: false, mayChange: false, owner: { name: ann.name } },
    ]);
    expect(await listViews(t.ctx, { page: 'postbacks', actor: ann })).toEqual([]);
  });

  test('a shared view is changed by its owner and by who may change settings; nobody else sees a private one', async () => {
    const [ann, bob, boss] = [
      await person('ann@example.com', 'ops'),
      await person('bob@example.com', 'ops'),
      await person('boss@example.com', 'owner'),
    ];
    const own = await save(ann, 'Mine');
    const shared = await save(ann, 'Ours', 'source=api', true);
    await expect(change(bob, shared.id, { name: 'Bob' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(change(bob, own.id, { name: 'Bob' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(removeView(t.ctx, { actor: boss, id: own.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await change(boss, shared.id, { query: 'source=browser' })).toMatchObject({
      query: 'source=browser',
    });
    const removed = await removeView(t.ctx, { actor: boss, id: shared.id });
    expect(await names(ann)).toEqual(['Mine']);
    // what was deleted comes back as its owner's
    const back = await saveView(t.ctx, { ...removed, page: 'refs', actor: boss, cleanQuery });
    expect(back.owner.id).toBe(ann.id);
    await expect(
      saveView(t.ctx, { ...removed, name: 'Other', page: 'refs', actor: bob, cleanQuery }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('names are unique for page and owner, 1 to 60 characters; queries have at most 2,000', async () => {
    const [ann, bob] = [await person('ann@example.com', 'ops'), await person('bob@example.com', 'ops')];
    await save(ann, 'One');
    await save(bob, 'One');
    const two = await save(ann, 'Two');
    await expect(save(ann, 'One')).rejects.toMatchObject({ code: 'CONFLICT', details: [{ path: 'name' }] });
    await expect(change(ann, two.id, { name: 'One' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await change(ann, two.id, { name: 'Two' })).toMatchObject({ name: 'Two' });
    for (const name of ['', '   ', 'x'.repeat(61), 'two\nlines'])
      await expect(save(ann, name)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    await expect(save(ann, 'Long', `promo=${'a'.repeat(2_000)}`)).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      details: [{ path: 'query' }],
    });
    await expect(save(SYSTEM, 'System')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('a person keeps 50 views of a page at most', async () => {
    const ann = await person('ann@example.com', 'ops');
    for (let n = 1; n <= 50; n += 1) await save(ann, `View ${n}`);
    await expect(save(ann, 'One more')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await names(ann)).toHaveLength(50);
  });

  test('every change is in the audit', async () => {
    const ann = await person('ann@example.com', 'ops');
    const view = await save(ann, 'One');
    await change(ann, view.id, { name: 'Two' });
    await removeView(t.ctx, { actor: ann, id: view.id });
    const { items } = await listAudit(t.ctx, { subjectType: 'view', subjectId: view.id });
    expect(items.map((item) => [item.action, item.actorId])).toEqual([
      ['view_removed', ann.id],
      ['view_changed', ann.id],
      ['view_saved', ann.id],
    ]);
    expect(items[1]?.detail).toEqual({ page: 'refs', from: { name: 'One' }, to: { name: 'Two' } });
  });
});

test('/views saves, lists and refuses; /views/counts counts each view as its page does', async () => {
  const regatta = await startPracticeRegatta();
  const leadline = await startLeadline({
    regattaBaseUrl: regatta.baseUrl,
    regattaKey: seedRegatta(regatta).apiKey,
  });
  const { cookie } = await signedIn(leadline.runtime, leadline.url, { email: 'ann@example.com' });
  const context = { ...leadline.runtime, clientIp: null, requestId: 'req_test' };
  const ask = (path: string, fields?: Record<string, string>, headers: Record<string, string> = {}) => {
    const request = new Request(`${leadline.url}${path}`, {
      headers: { cookie, ...headers },
      ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
    });
    return { request, context, params: {} };
  };
  const post = async (fields: Record<string, string>, headers?: Record<string, string>) => {
    const answer = await action(ask('/views', fields, headers));
    return { status: answer.status, body: await answer.json() };
  };
  for (const ref of ['one', 'two', 'three']) await leadline.call('POST', '/api/v1/captures', { ref });

  const saved = await post({ intent: 'save', page: 'refs', name: 'T', query: 'prefix=t', shared: 'false' });
  expect(saved).toMatchObject({ status: 200, body: { view: { name: 'T', query: 'prefix=t' } } });
  const all = await post({
    intent: 'save',
    page: 'postbacks',
    name: 'All',
    query: 'status=failed&x=1',
    shared: 'true',
  });
  expect(all.body.view).toMatchObject({ query: 'status=failed', shared: true });
  expect((await post({ intent: 'save', page: 'refs', name: 'T', query: '' })).status).toBe(409);
  expect((await post({ intent: 'save', page: 'users', name: 'T', query: '' })).status).toBe(400);
  const elsewhere = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  expect((await post({ intent: 'remove', id: saved.body.view.id }, elsewhere)).status).toBe(403);

  const listed = await (await loader(ask('/views?page=refs'))).json();
  expect(listed.views).toHaveLength(1);
  const counted = await (await countsLoader(ask('/views/counts?page=refs'))).json();
  expect(counted).toEqual({ counts: { [saved.body.view.id]: { n: 2, capped: false } } });
  const postbacks = await (await countsLoader(ask('/views/counts?page=postbacks'))).json();
  expect(Object.values(postbacks.counts)).toEqual([{ n: 0, capped: false }]);
  const issues = {
    intent: 'save',
    page: 'issues',
    name: 'Lost',
    query: 'state=ignored&cursor=x',
    shared: 'true',
  };
  expect((await post(issues)).body.view).toMatchObject({ query: 'state=ignored' });
  const ignored = await (await countsLoader(ask('/views/counts?page=issues'))).json();
  expect(Object.values(ignored.counts)).toEqual([{ n: 0, capped: false }]);
  expect((await countsLoader(ask('/views/counts?page=users'))).status).toBe(404);
  expect((await post({ intent: 'remove', id: saved.body.view.id })).body.removed).toMatchObject({
    name: 'T',
  });
  await leadline.stop();
  await regatta.stop();
});
