import { settleAttempts } from '#app/modules/outbox/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { describeStoreFault, isStoreFault } from '#app/platform/db/store-errors.server.ts';
import { createGroup } from '#app/platform/group.server.ts';
import type { Topic } from '#app/platform/live.server.ts';
import type { FinishedAttempt } from './attempt.server.ts';

/**
 * Applies outcomes in the transaction that settles them: leads, tests, disputes. Answers what to tell once it is
 * committed: told earlier, a listener would look and find nothing.
 */
export type OnOutcome = (tx: Conn, finished: readonly FinishedAttempt[]) => Promise<readonly Topic[]>;

export interface Settler {
  /** Resolves when the attempt and all that follows from it are committed. */
  settle(finished: FinishedAttempt): Promise<void>;
  /** Resolves when nothing waits to be written. */
  idle(): Promise<void>;
}

/** Repeats `work` while the store is at fault, with growing pauses, until `enough()`; other errors are thrown. */
export async function whileStoreFails<T>(
  work: () => Promise<T>,
  enough: () => boolean,
  onFault: (fault: string) => void,
): Promise<T> {
  for (let wait = 100; ; wait = Math.min(wait * 2, 5_000)) {
    try {
      return await work();
    } catch (error) {
      if (!isStoreFault(error) || enough()) throw error;
      onFault(describeStoreFault(error));
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** Writes finished attempts; those that finish together share a commit. */
export function createSettler(ctx: Ctx, onOutcome: OnOutcome): Settler {
  const group = createGroup<FinishedAttempt, void>({
    max: 256,
    lanes: ctx.store.lanes,
    failsForAll: isStoreFault,
    async flush(finished) {
      const changed = await ctx.store.transaction(async (tx) => {
        const moved = await settleAttempts(
          tx,
          finished.map((f) => f.settlement),
          // ids are drawn as the batch is written: their order is that of commits, which followers rest on
          finished.map((f) => ({ ...f.attempt, id: ctx.newId('att') })),
        );
        const owned = finished.filter((f) => moved.has(f.message.id));
        return owned.length > 0 ? onOutcome(tx, owned) : [];
      });
      for (const topic of ['postbacks', ...changed] as const) ctx.live.publish(topic);
      return finished.map(() => undefined);
    },
  });
  return {
    idle: () => group.idle(),
    // kept until the store takes it, however long: an attempt that reached the network must have its row
    settle: (finished) =>
      whileStoreFails(
        () => group.push(finished),
        () => false,
        (fault) =>
          ctx.log.error(
            { message: finished.message.id, fault },
            'the store does not take an answer; trying again',
          ),
      ),
  };
}
