import { expect, test } from 'vitest';
import { NoAnswer, steadyFetch } from './steady-fetch.ts';

const HERE = 'https://leadline.example/issues?open=iss_1';
const DOWN = new TypeError('Failed to fetch');
const page = () => new Response('data', { headers: { 'x-remix-response': 'yes' } });
const ofProxy = () => new Response('<h1>Bad gateway</h1>', { status: 502 });

/** A fetch that goes through `answers` in turn; each wait is noted. */
function made(...answers: (Error | (() => Response))[]) {
  const waits: number[] = [];
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
  });
  return { fetch, waits, asked };
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

test('a write, and what is no page data, is never repeated', async () => {
  for (const [url, init] of [
    ['/issues.data', { method: 'POST' }],
    ['/issues/act', { method: 'POST' }],
    ['/badges', undefined],
    ['https://elsewhere.example/issues.data', undefined],
  ] as const) {
    const { fetch, asked } = made(DOWN, page);
    await expect(fetch(url, init)).rejects.toBe(DOWN);
    expect(asked).toHaveLength(1);
  }
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
