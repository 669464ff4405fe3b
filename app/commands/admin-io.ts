import type { Actor } from '#app/platform/context.server.ts';
import type { Config } from '#app/platform/env.server.ts';

/** Where a command writes, and what it reads of the world; tests hand over their own. */
export interface Io {
  /** One line of the result, to standard output. */
  out(line: string): void;
  /** One line for the person at the keyboard, to standard error. */
  err(line: string): void;
  /** The environment; left out: the process's own. */
  env?: Record<string, string | undefined>;
}

export type Flags = Readonly<Record<string, string | undefined>>;

/** What a verb is given, and its answer: the exit code. */
export type Run = (call: { io: Io; flags: Flags; config: Config; root: string }) => Promise<number>;

/** Who the audit names for what this command does. */
export const ADMIN: Actor = { type: 'system', id: null, name: 'admin command', role: 'system', ip: null };

/** A command that was called wrongly: the usage text follows, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** A flag that must be there. */
export function need(flags: Flags, name: string): string {
  const value = flags[name];
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing`);
  return value;
}
