/**
 * One value of a list's address with its operator. `status=failed,exhausted` is any of; `not:`, `begins:`, `gte:`
 * and `lte:` stand before a value; `is:` takes what follows word for word, commas and operators included.
 */
export type Operator = 'is' | 'not' | 'begins' | 'gte' | 'lte';

export interface Told {
  operator: Operator;
  values: string[];
  /** The value was written out after `is:`: it stands for itself even where it is a word of the grammar. */
  literal?: boolean;
}

const PREFIX = /^(is|not|begins|gte|lte):/s;

/** Reads one value. `splits`: commas stand between several (never where values are opaque). */
export function readTold(text: string, splits: boolean, allowed: readonly Operator[]): Told {
  const found = PREFIX.exec(text)?.[1] as Operator | undefined;
  const operator = found && allowed.includes(found) ? found : null;
  if (operator === null) return { operator: 'is', values: parts(text, splits) };
  const rest = text.slice(operator.length + 1);
  if (operator !== 'not') return { operator, values: [rest], literal: true };
  return rest.startsWith('is:')
    ? { operator, values: [rest.slice(3)], literal: true }
    : { operator, values: parts(rest, splits) };
}

const parts = (text: string, splits: boolean): string[] =>
  splits ? text.split(',').filter((part) => part !== '') : [text];

/** Writes values back as the values of parameters of one name; `readTold` of them gives the same. */
export function writeTold(
  operator: Operator,
  values: readonly string[],
  splits: boolean,
  /** Words that mean something else when they stand alone. */
  reserved: readonly string[] = [],
): string[] {
  const prefix = operator === 'is' ? '' : `${operator}:`;
  if (operator !== 'is' && operator !== 'not') return values.map((value) => prefix + value);
  return values.map((value) => {
    const literal = PREFIX.test(value) || reserved.includes(value) || (splits && value.includes(','));
    return literal ? `${prefix}is:${value}` : prefix + value;
  });
}
