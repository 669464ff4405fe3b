import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { type CampaignDeps, campaignCalls, refusal } from './call-network.server.ts';

/**
 * Asks the network to activate a campaign (RG-47, RG-48). The network decides: its refusal comes back in its own
 * words, followed by what to do. Throws NOT_FOUND, CONFLICT (refused) or UNAVAILABLE (no answer; safe to repeat).
 */
export async function activateCampaign(
  ctx: Ctx,
  deps: CampaignDeps,
  input: { id: string; actor: Actor },
): Promise<{ id: string; status: string }> {
  const row = await ctx.store.prisma.campaign.findUnique({ where: { id: input.id } });
  if (!row) throw new AppError('NOT_FOUND', `There is no campaign with the id ${input.id}.`);
  const { account, connector, calls } = await campaignCalls(deps, row.accountId);
  const result = await deps.http.send(calls.buildActivate(row.networkCampaignId, account));
  const reading = calls.readActivate(result);
  const now = nowOf(ctx);
  const { activation } = reading;
  const done = reading.outcome === 'accepted' && activation !== null;
  const refused = done
    ? null
    : refusal(
        connector,
        reading,
        'activate',
        row.networkCampaignId,
        result.kind === 'response' ? result.status : null,
      );
  await ctx.store.transaction(async (tx) => {
    if (done)
      await tx.prisma.campaign.update({
        where: { id: row.id },
        data: { status: activation.status, activatedAt: now, updatedAt: now },
      });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: done ? 'campaign_activated' : 'campaign_activation_refused',
      subjectType: 'campaign',
      subjectId: row.id,
      detail: done
        ? { status: activation.status }
        : {
            errorCode: reading.errorCode,
            errorMessage: reading.errorMessage,
            httpStatus: result.kind === 'response' ? result.status : null,
          },
    });
  });
  ctx.live.publish('campaigns');
  if (refused) throw refused;
  return { id: row.id, status: activation?.status ?? '' };
}
