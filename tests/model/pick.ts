import type { Random } from '#app/practice/random.ts';

/** One of the list, by its weight. */
export function pick<T>(random: Random, list: readonly (readonly [T, number])[]): T {
  let at = random.next() * list.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of list) {
    at -= weight;
    if (at < 0) return value;
  }
  return (list[0] as readonly [T, number])[0];
}
