import { describe, expect, test } from 'vitest';
import { MAPPINGS } from '../../mapping-schema.ts';
import { TOLERANCE_MS } from '../../schema.ts';
import { parseBody } from '../parse.ts';
import type { EventFault, WebhookSource } from '../types.ts';
import { fixtureText, requestOf, signers } from './samples.ts';

export interface SourceSamples {
  /** Recorded events: the name of each fixture, its type, and what it is by the default mapping. */
  events: readonly { fixture: string; type: string; kind: string }[];
  /** Headers without a signature that the events of this type come with. */
  headersOf(type: string): Record<string, string>;
  header: string;
  /** Whether a time is signed. */
  timed: boolean;
}

const NOW = Date.UTC(2026, 10, 20, 14, 5);
const SECRET = 'whsec_a_long_signing_secret';

/** Puts a source through what every source must hold, whatever its provider is like. */
export function describeSource(source: WebhookSource<never>, samples: SourceSamples): void {
  describe(`webhook source contract: ${source.id}`, () => {
    describeVerifying(source, samples);
    describeReading(source, samples);
  });
}

function describeVerifying(source: WebhookSource<never>, samples: SourceSamples): void {
  const sign = signers[source.id];
  const raw = Buffer.from(fixtureText(source.id, samples.events[0]?.fixture ?? ''));
  const signed = (bytes = raw, secret = SECRET, at = NOW) => requestOf(bytes, sign(bytes, secret, at));
  const verdict = (request = signed(), secrets = [SECRET]) => source.verify(request, secrets, NOW);

  test.each(samples.events)('believes $fixture as it is signed, byte for byte', ({ fixture }) => {
    const bytes = Buffer.from(fixtureText(source.id, fixture));
    expect(verdict(signed(bytes))).toEqual({ ok: true });
  });
  test('refuses another secret, and says where to find the right one', () => {
    const refused = verdict(signed(raw, 'whsec_of_another_endpoint'));
    expect(refused).toMatchObject({ ok: false, why: expect.stringContaining('Compare it with') });
    expect(JSON.stringify(refused)).not.toContain(SECRET);
  });
  test('refuses a body of which one byte was changed, added or taken away', () => {
    const { header } = signed();
    for (const place of [0, 1, raw.length >> 1, raw.length - 1]) {
      const changed = Buffer.from(raw);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(verdict({ raw: changed, header })).toMatchObject({ ok: false });
    }
    expect(verdict({ raw: Buffer.concat([raw, Buffer.from(' ')]), header })).toMatchObject({ ok: false });
    expect(verdict({ raw: raw.subarray(1), header })).toMatchObject({ ok: false });
    expect(verdict({ raw: Buffer.concat([Buffer.from('\ufeff'), raw]), header })).toMatchObject({
      ok: false,
    });
  });
  test('refuses a missing header by its name', () => {
    const refused = verdict(requestOf(raw, {}));
    expect(JSON.stringify(refused).toLowerCase()).toContain(samples.header);
    expect(refused.ok).toBe(false);
  });
  test('believes either of two secrets while one replaces the other, and neither of none', () => {
    const both = ['whsec_new_secret', SECRET];
    expect(verdict(signed(), both)).toEqual({ ok: true });
    expect(verdict(signed(raw, 'whsec_new_secret'), both)).toEqual({ ok: true });
    expect(verdict(signed(), ['whsec_new_secret'])).toMatchObject({ ok: false });
  });
  test.each([[[]], [['']], [['   ']], [['', ' ']]])('an empty secret lets nobody in: %j', (secrets) => {
    for (const secret of secrets.length > 0 ? secrets : [SECRET])
      if (secret.trim() !== '' || source.id !== 'stripe')
        expect(verdict(signed(raw, secret), secrets)).toMatchObject({
          ok: false,
          why: expect.stringContaining('no signing secret'),
        });
    expect(verdict(signed(), secrets)).toMatchObject({ ok: false });
  });
  test('a header that is nonsense is refused, never an error', () => {
    for (const text of [
      '',
      ' ',
      'x',
      '=',
      ',,,',
      ';;;',
      't=,v1=',
      'ts=;h1=',
      'é'.repeat(64),
      'v1',
      '\ud83d',
      '=====',
    ]) {
      const made = sign(raw, SECRET, NOW);
      const name = Object.keys(made)[0] ?? '';
      expect(verdict(requestOf(raw, { [name]: text }))).toMatchObject({ ok: false });
      for (const part of [',', ';'])
        expect(
          verdict(
            requestOf(Buffer.from('other'), { [name]: `${made[name]}${part}v1=${text}${part}h1=${text}` }),
          ),
        ).toMatchObject({ ok: false });
    }
  });
  test('bytes that are no UTF-8 are signed as they are, not as what they decode to', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    const decoded = Buffer.from(bytes.toString('utf8'));
    expect(verdict({ ...signed(decoded), raw: bytes })).toMatchObject({ ok: false });
  });
  if (samples.timed)
    test('a time may lie five minutes back or ahead, and no second more', () => {
      const at = (ms: number) => verdict(signed(raw, SECRET, NOW + ms));
      expect(at(-TOLERANCE_MS)).toEqual({ ok: true });
      expect(at(TOLERANCE_MS)).toEqual({ ok: true });
      expect(at(-TOLERANCE_MS - 1000)).toMatchObject({ ok: false, why: expect.stringContaining('ago') });
      expect(at(TOLERANCE_MS + 1000)).toMatchObject({ ok: false, why: expect.stringContaining('future') });
    });
}

function describeReading(source: WebhookSource<never>, samples: SourceSamples): void {
  const mapping = MAPPINGS[source.id].parse({}) as never;

  test.each(samples.events)('reads $fixture as $kind', ({ fixture, type, kind }) => {
    const raw = Buffer.from(fixtureText(source.id, fixture));
    const event = parseBody(raw);
    const head = source.readHead(event, requestOf(raw, samples.headersOf(type)));
    expect(head).toMatchObject({ type, testMode: false });
    expect(head.eventId).toMatch(/./);
    expect(head.subjectId).toMatch(/./);
    expect(Date.parse(head.occurredAt ?? '')).toBeGreaterThan(0);
    const found = source.interpret(type, event, mapping);
    expect(found.kind).toBe(kind);
    // pure: the same again, and the event as it was
    expect(source.interpret(type, event, mapping)).toEqual(found);
    expect(event).toEqual(parseBody(raw));
  });
  test('a type it does not know is nothing, in words', () => {
    for (const type of ['something.else', '', 'constructor', '__proto__', 'toString'])
      expect(source.interpret(type, {}, mapping)).toMatchObject({
        kind: 'nothing',
        words: expect.stringContaining('mean nothing to Leadline'),
      });
  });
  test('what cannot be understood is a fault that names its field, never another error', () => {
    const broken = [null, [], 'text', 7, {}, { data: null }, { data: { object: [] } }, { id: 1, type: {} }];
    for (const event of broken) {
      expectFault(() => source.readHead(event, { header: () => null }));
      for (const { type } of samples.events) expectFault(() => source.interpret(type, event, mapping));
    }
  });
  test('a field that is gone or of another kind is a fault or is left out, never another error', () => {
    for (const { fixture, type } of samples.events) {
      const text = fixtureText(source.id, fixture);
      for (const value of [null, {}, [], 'x', -1, 1e300, '\0', '\ud83d', true])
        for (const path of pathsOf(JSON.parse(text), 3)) {
          const event: unknown = JSON.parse(text);
          set(event, path, value);
          expectFault(() => source.interpret(type, event, mapping));
        }
    }
  });
}

/** Runs it; whatever it throws must be an EventFault with a field. */
function expectFault(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    expect((error as Error).name).toBe('EventFault');
    expect((error as EventFault).field).toMatch(/./);
  }
}

function pathsOf(value: unknown, depth: number): string[][] {
  if (depth === 0 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [name],
    ...pathsOf(inner, depth - 1).map((rest) => [name, ...rest]),
  ]);
}

function set(event: unknown, path: readonly string[], value: unknown): void {
  let here = event as Record<string, unknown>;
  for (const name of path.slice(0, -1)) here = here[name] as Record<string, unknown>;
  here[path.at(-1) ?? ''] = value;
}
