import { type Ctx, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';

export type WriteContext = Pick<Ctx, 'clock' | 'newId'>;

/** Adds entries to the history of issues, by Leadline itself where no actor is named. */
export async function addEvents(
  tx: Conn,
  ctx: WriteContext,
  events: readonly {
    issueId: string;
    kind: string;
    body: string | null;
    actor?: { id: string | null; name: string };
  }[],
): Promise<void> {
  if (events.length === 0) return;
  const createdAt = nowOf(ctx);
  await tx.prisma.issueEvent.createMany({
    data: events.map(({ issueId, kind, body, actor = SYSTEM }) => ({
      id: ctx.newId('ise'),
      issueId,
      kind,
      actorId: actor.id,
      actorName: actor.name,
      body,
      createdAt,
    })),
  });
}
