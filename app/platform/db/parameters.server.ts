import type { Dialect } from './dialect.server.ts';

/** Takes a value, answers its placeholder. Values must be taken in the order of the text. */
export type Param = (value: unknown) => string;

/** The arguments of one statement while its text is written. */
export interface StatementParameters {
  args: unknown[];
  param: Param;
  /** Takes a list, answers the condition that `column` is one of it. */
  inList(column: string, values: readonly string[]): string;
}

/** Collects the arguments of one statement; `args` may hold those that stand before in its text. */
export function parameters(dialect: Dialect, args: unknown[] = []): StatementParameters {
  return {
    args,
    param: (value) => dialect.p(args.push(value)),
    inList: (column, values) => dialect.inList(column, args.push(JSON.stringify(values))),
  };
}
