import { randomInt } from 'node:crypto';

/** A repeatable source of randomness: the same seed gives the same practice world. */
export type Random = {
  /** The next number in [0, 1). */
  next(): number;
  /** The next unsigned 32-bit integer. */
  u32(): number;
};

/**
 * Starts a mulberry32 generator. Its 32-bit state visits every value once before it repeats, so ids
 * drawn from one generator do not collide within any run that fits in memory.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const u32 = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { u32, next: () => u32() / 4_294_967_296 };
}

/** A seed that no other run has, for ids that must not come back. */
export function randomSeed(): number {
  return randomInt(0, 4_294_967_296);
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexBytes(word: number): string {
  return `${HEX[word >>> 24]}${HEX[(word >>> 16) & 255]}${HEX[(word >>> 8) & 255]}${HEX[word & 255]}`;
}

/** Draws an id in the shape of a version 4 UUID. */
export function drawUuid(random: Random): string {
  const first = hexBytes(random.u32());
  const second = hexBytes(random.u32());
  const third = hexBytes((random.u32() & 0x3fffffff) | 0x80000000);
  const fourth = hexBytes(random.u32());
  return `${first}-${second.slice(0, 4)}-4${second.slice(5)}-${third.slice(0, 4)}-${third.slice(4)}${fourth}`;
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Draws a code over the base58 alphabet (no 0, O, I or l); 8 characters is a tracking code (RG-44). */
export function drawBase58(random: Random, length = 8): string {
  let code = '';
  for (let index = 0; index < length; index++) code += BASE58[Math.floor(random.next() * BASE58.length)];
  return code;
}
