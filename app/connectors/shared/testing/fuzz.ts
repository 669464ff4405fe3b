import type { HttpResult } from '../../types.ts';
import { answer } from './http.ts';

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export type Random = () => number;

/** Makes a generator from a seed, so that a failing round can be run again. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const STATUSES = [
  0, 100, 199, 200, 200, 200, 201, 201, 202, 204, 206, 299, 300, 301, 302, 303, 304, 307, 308, 399, 400, 401,
  402, 403, 404, 408, 409, 410, 413, 418, 422, 425, 429, 451, 499, 500, 501, 502, 503, 504, 520, 599, 600,
  999,
];

const HEADER_VALUES = [
  '',
  '0',
  '5',
  '1.5',
  '-3',
  '99999999999999999999',
  'soon',
  '5, 7',
  'Wed, 21 Oct 2026 07:28:00 GMT',
  'Wed, 99 Foo 2026 99:99:99 GMT',
  '\u0000',
  'https://elsewhere.example/',
];

const VALUES: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => true,
  () => '',
  () => 'x'.repeat(200),
  () => '1000',
  () => 10.5,
  () => -1,
  () => 2 ** 60,
  (random) => Math.floor(random() * 1e6),
  () => [],
  () => [{ path: ['a', 0], message: 'm' }, null, 7, 'text', { path: null }],
  () => 'toString',
  () => '\ud83d',
];

/** An arbitrary answer: random bytes, a damaged sample, or JSON with the samples' own names and wrong values. */
export function arbitraryAnswer(
  random: Random,
  samples: readonly Uint8Array[],
  names: readonly string[],
): HttpResult {
  const form = random();
  const body =
    form < 0.3
      ? Uint8Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256))
      : form < 0.6
        ? damaged(random, pick(random, samples) ?? new Uint8Array())
        : arbitraryJson(random, names, 0);
  const headers = Object.fromEntries(
    ['retry-after', 'date', 'content-type', 'location'].map((name) => [
      name,
      pick(random, HEADER_VALUES) ?? '',
    ]),
  );
  return answer(pick(random, STATUSES) ?? 0, body, { headers, truncated: random() < 0.2 });
}

/** Every property name that occurs in JSON samples, so that arbitrary bodies reach the reader's branches. */
export function namesIn(samples: readonly Uint8Array[]): string[] {
  const names = new Set(['data', 'error', 'details', 'retry_after', '__proto__', 'constructor']);
  for (const sample of samples) {
    for (const [, name] of new TextDecoder().decode(sample).matchAll(/"([^"\\]+)"\s*:/g))
      names.add(name ?? '');
  }
  return [...names];
}

function damaged(random: Random, sample: Uint8Array): Uint8Array {
  const copy = sample.slice(0, random() < 0.5 ? sample.length : Math.floor(random() * sample.length));
  for (let flips = Math.floor(random() * 3); flips > 0 && copy.length > 0; flips -= 1) {
    copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
  }
  return copy;
}

function arbitraryJson(random: Random, names: readonly string[], depth: number): unknown {
  if (depth > 0 && (depth > 3 || random() < 0.5)) return pick(random, VALUES)?.(random) ?? null;
  // `data` and `error` lead to what readers look at, so they are there more often than chance would have it.
  const others = Array.from({ length: Math.floor(random() * 4) }, () => pick(random, names) ?? '');
  const chosen = [...(depth === 0 && random() < 0.8 ? ['data', 'error'] : []), ...others];
  return Object.fromEntries(chosen.map((name) => [name, arbitraryJson(random, names, depth + 1)]));
}

function pick<T>(random: Random, list: readonly T[]): T | undefined {
  return list[Math.floor(random() * list.length)];
}
