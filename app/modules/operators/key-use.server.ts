import type { Ctx } from '#app/platform/context.server.ts';
import { messageOf } from '#app/platform/errors.ts';

const EVERY_MS = 60_000;

/** Keeps `lastUsedAt` of API keys, at most once a minute a key and never in a request's way. */
export interface KeyUse {
  note(keyId: string): void;
  /** Resolves when no write is under way. */
  idle(): Promise<void>;
}

export function createKeyUse(ctx: Pick<Ctx, 'store' | 'clock' | 'log'>): KeyUse {
  const noted = new Map<string, number>();
  const writing = new Set<Promise<void>>();

  const write = async (id: string, now: number): Promise<void> => {
    try {
      // other processes note the same key: one write a minute among all of them
      await ctx.store.prisma.apiKey.updateMany({
        where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: new Date(now - EVERY_MS) } }] },
        data: { lastUsedAt: new Date(now) },
      });
    } catch (error) {
      ctx.log.warn(
        { apiKeyId: id, error: messageOf(error) },
        'the last use of an API key could not be noted',
      );
    }
  };
  return {
    note(id) {
      const now = ctx.clock.now();
      if (now - (noted.get(id) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return;
      noted.set(id, now);
      const done = write(id, now).finally(() => writing.delete(done));
      writing.add(done);
    },
    idle: async () => void (await Promise.all(writing)),
  };
}
