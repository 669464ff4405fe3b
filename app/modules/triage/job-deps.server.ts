import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { closeBreaker, reopenBreaker } from './breaker-verbs.server.ts';
import { noteProbe } from './probe.server.ts';

/** What a bulk job needs of the breakers, all on the job's own transaction. */
export interface JobDeps {
  /** Marks a probe on the issue's open breakers; false where one is under way already. */
  noteProbe(tx: Conn, input: { issueId: string; messageId: string }): Promise<boolean>;
  /** Nothing is held back any more. False where it is not being released, or something is parked after all. */
  closeBreaker(tx: Conn, ctx: Ctx, breakerId: string): Promise<boolean>;
  /** What was to be released stays held back after all. */
  reopenBreaker(tx: Conn, ctx: Ctx, breakerId: string): Promise<boolean>;
}

export const BREAKERS: JobDeps = { noteProbe, closeBreaker, reopenBreaker };
