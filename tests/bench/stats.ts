/** The q-quantile (0…1) of numbers, by nearest rank. */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) throw new Error('no values were measured');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] as number;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The median of `pick` over rounds. */
export const medianOf = <T>(rounds: readonly T[], pick: (round: T) => number): number =>
  median(rounds.map(pick));

/** A number with its thousands marked, or a small one with up to three digits that count. */
export function show(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return Number(value.toPrecision(3)).toString();
}
