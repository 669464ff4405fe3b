import { expect, test } from 'vitest';
import { NoAnswer, steadyFetch } from './steady-fetch.ts';

const HERE = 'https://leadline.example/issues?open=iss_1';
const DOWN = new TypeError('Failed to fetch');
const page = () => new Response('data', { headers: { 'x-remix-response': 'yes' } });
const ofProxy = () => new Response('<h1>Bad gateway</h1>', { status: 502 });

/** A fetch that goes through `answers` in turn; each wait is noted, and what is told. */
function made(...answers: (Error | (() => Response))[]) {
  const waits: number[] = [];
  const told: unknown[] = [];
  const page = { typed: false };
  const asked: string[] = [];
  const fetch = steadyFetch({
    fetch: async (input) => {
      asked.push(String(input));
      const next = answers.shift();
      if (!next) throw new Error('asked once too often');
      if (next instanceof Error) throw next;
      return next();
    },
    wait: async (ms, signal) => {
      waits.push(ms);
      signal?.throwIfAborted();
    },
    here: () => HERE,
    typed: () => page.typed,
    tell: (result) => told.push(result),
  });
  return { fetch, waits, asked, told, page };
}

test('the page in view is read until Leadline is back: a lost line, then a proxy without it', async () => {
  const down = Array.from({ length: 6 }, () => DOWN);
  const { fetch, waits } = made(...down, ofProxy, page);
  const answer = await fetch('/issues.data?open=iss_1');
  expect(await answer.text()).toBe('data');
  expect(waits).toEqual([500, 1_000, 2_000, 5_000, 5_000, 5_000, 5_000]);
});

test('another page is asked for some times, then it is said that no answer came', async () => {
  const { fetch, asked } = made(DOWN, ofProxy, DOWN, ofProxy);
  await expect(fetch(new URL('/postbacks.data', HERE))).rejects.toBeInstanceOf(NoAnswer);
  expect(asked).toHaveLength(4);
});

test("Leadline's own answers are answers, whatever their status", async () => {
  const busy = () => new Response('', { status: 503, headers: { 'x-remix-response': 'yes' } });
  const { fetch, waits } = made(busy);
  expect((await fetch('/issues.data')).status).toBe(503);
  expect(waits).toEqual([]);
});

test('what is no page data of this site passes as it is', async () => {
  for (const [url, init] of [
    ['/issues/act', { method: 'POST' }],
    ['/badges', undefined],
    ['https://elsewhere.example/issues.data', undefined],
    ['https://elsewhere.example/issues.data', { method: 'POST' }],
  ] as const) {
    const { fetch, asked, told } = made(DOWN, page);
    await expect(fetch(url, init)).rejects.toBe(DOWN);
    expect(asked).toHaveLength(1);
    expect(told).toEqual([]);
  }
});

test('a write is sent once, without waiting, whatever becomes of it', async () => {
  for (const answer of [DOWN, ofProxy]) {
    const { fetch, asked, waits, told } = made(answer, page);
    expect((await fetch('/issues.data', { method: 'POST' })).status).toBe(503);
    expect(asked).toHaveLength(1);
    expect(waits).toEqual([]);
    expect(told).toEqual([{ kind: 'lost' }]);
  }
});

test('a preview is a read though it is posted: it waits with what it asks', async () => {
  const { fetch, told, asked } = made(DOWN, ofProxy, page);
  const body = new URLSearchParams({ intent: 'preview', mapping: '{}' });
  expect(await (await fetch('/issues.data', { method: 'POST', body })).text()).toBe('data');
  expect([told, asked.length]).toEqual([[], 3]);
  const save = made(DOWN, page);
  await save.fetch('/issues.data', { method: 'POST', body: new URLSearchParams({ intent: 'save' }) });
  expect(save.asked).toHaveLength(1);
});

const toLogin = () =>
  new Response(
    '[["SingleFetchRedirect",1],{"_2":3,"_4":5},"redirect","/login?next=%2Fissues","status",302]\n',
    { status: 202, headers: { 'x-remix-response': 'yes' } },
  );

test('a page that was typed on waits for the next sign-in, and says so once', async () => {
  const { fetch, told, page: seen } = made(toLogin, DOWN, toLogin, page);
  seen.typed = true;
  expect(await (await fetch('/issues.data?open=iss_1')).text()).toBe('data');
  expect(told).toEqual([{ kind: 'signed-out', pressed: false }, null]);
});

test('a page that nothing was typed on, or another page, leads to the sign-in page', async () => {
  const untouched = made(toLogin);
  expect((await untouched.fetch('/issues.data')).status).toBe(202);
  const elsewhere = made(toLogin);
  elsewhere.page.typed = true;
  expect(await (await elsewhere.fetch('/leads.data')).text()).toContain('/login?next');
  expect([...untouched.told, ...elsewhere.told]).toEqual([]);
});

test('who goes elsewhere meanwhile ends the waiting', async () => {
  const controller = new AbortController();
  const { fetch, asked } = made(() => {
    controller.abort();
    return ofProxy();
  }, page);
  await expect(fetch('/issues.data', { signal: controller.signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(asked).toHaveLength(1);
});
