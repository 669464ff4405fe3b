/** Durations counted in buckets that grow by a quarter each: a percentile read from them is at most a quarter off. */
const GROWTH = 1.25;
const LN_GROWTH = Math.log(GROWTH);
/** What a logarithm may be off at the very edge of a bucket. */
const SLACK = 1e-9;

/** The bucket of a duration in ms: bucket b holds what is over `boundOf(b - 1)` and at most `boundOf(b)`. */
export function bucketOf(ms: number): number {
  return ms <= 1 ? 0 : Math.ceil(Math.log(ms) / LN_GROWTH - SLACK);
}

/** Upper bound of a bucket in ms; 0 for the bucket below the first. */
export function boundOf(bucket: number): number {
  return bucket < 0 ? 0 : GROWTH ** bucket;
}

/** How many durations fell into which bucket. */
export type Counts = ReadonlyMap<number, number>;

/** The q-quantile (0…1) in ms, spread evenly inside its bucket; null where nothing was counted. */
export function percentile(counts: Counts, q: number): number | null {
  const buckets = [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil(q * total));
  let below = 0;
  for (const [bucket, count] of buckets) {
    if (below + count >= rank) {
      const [low, high] = [boundOf(bucket - 1), boundOf(bucket)];
      return low + ((high - low) * (rank - below)) / count;
    }
    below += count;
  }
  return null;
}

/** How many were at most `ms`, from whole buckets: what lies across the bound counts as over it. */
export function countUpTo(counts: Counts, ms: number): number {
  let sum = 0;
  for (const [bucket, count] of counts) if (boundOf(bucket) <= ms * (1 + SLACK)) sum += count;
  return sum;
}
