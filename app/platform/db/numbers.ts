/** A number of a row: the stores answer whole numbers as `bigint`, which JSON cannot hold. Null stays null. */
export const numberOrNull = (value: number | bigint | null): number | null =>
  value === null ? null : Number(value);
