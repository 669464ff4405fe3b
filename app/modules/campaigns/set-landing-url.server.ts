import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { landingUrlFault } from './landing.ts';

/** Keeps where a campaign's visitors land. Throws VALIDATION_ERROR for what is no http(s) address, NOT_FOUND. */
export async function setLandingUrl(
  ctx: Ctx,
  input: { id: string; landingUrl: string; actor: Actor },
): Promise<void> {
  const fault = landingUrlFault(input.landingUrl);
  if (fault)
    throw new AppError('VALIDATION_ERROR', fault, { details: [{ path: 'landingUrl', message: fault }] });
  await ctx.store.transaction(async (tx) => {
    const { id, landingUrl, actor } = input;
    const { count } = await tx.prisma.campaign.updateMany({
      where: { id },
      data: { landingUrl, updatedAt: nowOf(ctx) },
    });
    if (count === 0) throw new AppError('NOT_FOUND', `There is no campaign with the id ${id}.`);
    await recordAudit(tx, ctx, {
      actor,
      action: 'campaign_landing_page_set',
      subjectType: 'campaign',
      subjectId: id,
      detail: { landingUrl },
    });
  });
  ctx.live.publish('campaigns');
}
