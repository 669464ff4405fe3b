import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { type NoResult, sendWrite } from './steady-fetch-write.ts';

/** The codec of page data that Remix itself uses, so that what is known of the format here cannot drift from it. */
const remix = createRequire(createRequire(import.meta.url).resolve('@remix-run/react'));
const codec = remix('turbo-stream') as {
  encode(value: unknown, options: { plugins: ((value: unknown) => unknown)[] }): ReadableStream<Uint8Array>;
  decode(body: ReadableStream<Uint8Array>): Promise<{ value: unknown }>;
};

/** An answer that an action throws, as the router keeps it. */
class Thrown {
  readonly data: unknown;
  readonly status: number;
  constructor(data: unknown, status: number) {
    this.data = data;
    this.status = status;
  }
}

/** As Remix's server writes the answer of an action. */
const answerOf = (value: unknown, status: number): Response =>
  new Response(
    codec.encode(value, {
      plugins: [
        (one) => (one instanceof Error ? ['SanitizedError', one.name, one.message, undefined] : undefined),
        (one) => (one instanceof Thrown ? ['ErrorResponse', one.data, one.status, ''] : undefined),
      ],
    }),
    { status, headers: { 'content-type': 'text/x-script', 'x-remix-response': 'yes' } },
  );

const redirectTo = (redirect: string) =>
  answerOf({ redirect, status: 302, revalidate: false, reload: false, replace: false }, 202);

async function sent(ask: () => Promise<Response>, path = '/settings/alerts', signal?: AbortSignal) {
  const told: (NoResult | null)[] = [];
  const url = new URL(`https://leadline.example${path}.data`);
  const answer = await sendWrite(url, ask, signal, (result) => told.push(result));
  return { answer, told };
}
const after = (answer: Response, path?: string) => sent(async () => answer, path);
const body = async (answer: Response): Promise<unknown> => {
  if (answer.body === null) throw new Error('an answer without a body');
  return (await codec.decode(answer.body)).value;
};

/** What the router makes no page of: an action's answer with nothing in it, after which nothing is read anew. */
async function expectNothing(answer: Response): Promise<void> {
  expect(answer.status).toBe(503);
  expect(await body(answer)).toEqual({ data: null });
}

test('a lost line and a proxy without Leadline are told as lost, and keep the page', async () => {
  const cut = new ReadableStream({ pull: (controller) => controller.error(new TypeError('network error')) });
  for (const ask of [
    () => Promise.reject(new TypeError('Failed to fetch')),
    async () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
    async () => new Response('<h1>Sign in to the hotel</h1>', { status: 200 }),
    async () => new Response(cut, { status: 200, headers: { 'x-remix-response': 'yes' } }),
  ]) {
    const { answer, told } = await sent(ask);
    expect(told).toEqual([{ kind: 'lost' }]);
    await expectNothing(answer);
  }
});

test('a session that has ended keeps the page rather than lead to /login', async () => {
  const { answer, told } = await after(redirectTo('/login'));
  expect(told).toEqual([{ kind: 'signed-out', pressed: true }]);
  await expectNothing(answer);
});

test('signing out leads to /login, and a form that leads on does so', async () => {
  for (const [path, to] of [
    ['/logout', '/login'],
    ['/setup', '/login'],
    ['/settings/alerts', '/settings/alerts?saved=ch_1'],
    ['/settings/alerts', '/login-words'],
  ] as const) {
    const { answer, told } = await after(redirectTo(to), path);
    expect(told).toEqual([null]);
    expect(answer.status).toBe(202);
    expect(await body(answer)).toMatchObject({ redirect: to });
  }
});

test("an action's own answer reaches its form, whatever its status", async () => {
  for (const status of [200, 403, 409, 422, 503]) {
    const { answer, told } = await after(answerOf({ data: { failed: 'No channel “error”.' } }, status));
    expect(told).toEqual([null]);
    expect(answer.status).toBe(status);
    expect(await body(answer)).toEqual({ data: { failed: 'No channel “error”.' } });
  }
  const none = await after(new Response(null, { status: 204, headers: { 'x-remix-response': 'yes' } }));
  expect([none.answer.status, none.told]).toEqual([204, [null]]);
});

test('what an action threw is told with its own words, and keeps the page', async () => {
  const role = 'Changing settings needs the role owner; yours is viewer.';
  const cases: [Response, NoResult][] = [
    [answerOf({ error: new Thrown(role, 403) }, 403), { kind: 'failed', status: 403, said: role }],
    [answerOf({ error: new Thrown(null, 404) }, 404), { kind: 'failed', status: 404 }],
    [answerOf({ error: new Error('Unexpected Server Error') }, 500), { kind: 'failed', status: 500 }],
    [
      Response.json({ success: false, error: { code: 'TOO_LARGE', message: 'Too large.' } }, { status: 413 }),
      { kind: 'failed', status: 413, said: 'Too large.' },
    ],
  ];
  for (const [given, result] of cases) {
    const { answer, told } = await after(given);
    expect(told).toEqual([result]);
    await expectNothing(answer);
  }
});

test('a press given up by going elsewhere is not told', async () => {
  const controller = new AbortController();
  controller.abort();
  for (const error of [new DOMException('given up', 'AbortError'), new TypeError('Failed to fetch')])
    await expect(sent(() => Promise.reject(error), undefined, controller.signal)).rejects.toBe(error);
});
