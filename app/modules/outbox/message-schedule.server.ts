import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { PostbackReadDeps } from './get-postback.server.ts';

/** The retry ladder, in seconds, of the account that a message goes to. Throws NOT_FOUND. */
export async function scheduleOfMessage(
  ctx: Pick<Ctx, 'store'>,
  deps: Pick<PostbackReadDeps, 'scheduleOf'>,
  id: string,
): Promise<readonly number[]> {
  const message = await ctx.store.prisma.outboxMessage.findUnique({
    where: { id },
    select: { accountId: true },
  });
  if (!message) throw new AppError('NOT_FOUND', `There is no postback with the id ${id}.`);
  return deps.scheduleOf(message.accountId);
}
