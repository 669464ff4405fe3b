import type { Conn } from '#app/platform/db/store.server.ts';

/**
 * Cancels a message that cannot have reached the network: no attempt is under way, and none before it may have
 * been acted on. On an open transaction. Answers whether it was canceled.
 */
export async function cancelUnsent(
  tx: Conn,
  input: { id: string; now: Date; reason: string },
): Promise<boolean> {
  const { count } = await tx.prisma.outboxMessage.updateMany({
    where: {
      id: input.id,
      status: { in: ['queued', 'retrying', 'failed', 'exhausted', 'parked'] },
      firstMaySentAt: null,
    },
    data: { status: 'canceled', cancelReason: input.reason, settledAt: input.now, updatedAt: input.now },
  });
  return count > 0;
}
