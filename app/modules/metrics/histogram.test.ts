import { describe, expect, test } from 'vitest';
import { boundOf, bucketOf, countUpTo, percentile } from './histogram.ts';

describe('buckets', () => {
  test('a duration lies over the bound below its bucket and at most at its own', () => {
    for (let ms = 1; ms < 8e9; ms = Math.ceil(ms * 1.037)) {
      const bucket = bucketOf(ms);
      expect(ms).toBeLessThanOrEqual(boundOf(bucket) * (1 + 1e-8));
      if (bucket > 0) expect(ms).toBeGreaterThan(boundOf(bucket - 1) * (1 - 1e-8));
    }
  });
  test('a bound belongs to its own bucket, and a clock that went back to the first', () => {
    for (let bucket = 0; bucket < 110; bucket++) expect(bucketOf(boundOf(bucket))).toBe(bucket);
    expect(bucketOf(0)).toBe(0);
    expect(bucketOf(-5_000)).toBe(0);
  });
});

describe('percentiles', () => {
  const countsOf = (values: readonly number[]) => {
    const counts = new Map<number, number>();
    for (const ms of values) counts.set(bucketOf(ms), (counts.get(bucketOf(ms)) ?? 0) + 1);
    return counts;
  };
  test('are within a quarter of the exact ones', () => {
    let seed = 7;
    const next = () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647;
    };
    const values = Array.from({ length: 5_000 }, () => 20 * Math.exp(6 * next())).sort((a, b) => a - b);
    for (const q of [0.01, 0.5, 0.95, 0.99, 1]) {
      const exact = values[Math.ceil(q * values.length) - 1] as number;
      const read = percentile(countsOf(values), q) as number;
      expect(read / exact).toBeGreaterThan(1 / 1.25);
      expect(read / exact).toBeLessThan(1.25);
    }
  });
  test('of nothing are not known, of one value are near it', () => {
    expect(percentile(new Map(), 0.5)).toBeNull();
    expect(percentile(new Map([[3, 0]]), 0.5)).toBeNull();
    const one = percentile(countsOf([1_000]), 0.5) as number;
    expect(one).toBeGreaterThanOrEqual(1_000);
    expect(one).toBeLessThan(1_250);
  });
  test('what is counted up to a bound never counts what may be over it', () => {
    const counts = countsOf([5, 50, 500, 5_000]);
    expect(countUpTo(counts, 4)).toBe(0);
    expect(countUpTo(counts, 100)).toBe(2);
    expect(countUpTo(counts, 1e9)).toBe(4);
  });
});
