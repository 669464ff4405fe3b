import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';

/**
 * Starts to listen for the evidence of the wizard: from now on what arrives counts. A campaign that is listened to
 * stays as it is, unless `again` asks for a fresh start (RG-45). Throws NOT_FOUND.
 */
export async function startOnboarding(
  ctx: Ctx,
  input: { id: string; again?: boolean; actor: Actor },
): Promise<void> {
  await ctx.store.transaction(async (tx) => {
    const row = await tx.prisma.campaign.findUnique({
      where: { id: input.id },
      select: { onboardingStartedAt: true },
    });
    if (!row) throw new AppError('NOT_FOUND', `There is no campaign with the id ${input.id}.`);
    if (row.onboardingStartedAt && !input.again) return;
    const now = nowOf(ctx);
    await tx.prisma.campaign.update({
      where: { id: input.id },
      data: { onboardingStartedAt: now, updatedAt: now },
    });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'campaign_onboarding_started',
      subjectType: 'campaign',
      subjectId: input.id,
    });
  });
  ctx.live.publish('campaigns');
}
