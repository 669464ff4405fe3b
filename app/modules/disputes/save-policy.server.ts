import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { PolicyOrigin } from './policy-rules.ts';
import { DEFAULT_RULES, type RefundRules, refundRulesSchema } from './refund-policy-schema.ts';

/** The rules that hold, and where they were saved. */
export interface Policy {
  rules: RefundRules;
  origin: PolicyOrigin;
}

/** The rules for a campaign of an account: its own, else the account's, else the product's. */
export async function policyFor(
  conn: Conn,
  accountId: string,
  networkCampaignId: string | null,
): Promise<Policy> {
  const rows = await conn.prisma.refundPolicy.findMany({
    where: { accountId, networkCampaignId: { in: ['', networkCampaignId ?? ''] } },
  });
  const own = networkCampaignId ? rows.find((row) => row.networkCampaignId === networkCampaignId) : undefined;
  const general = rows.find((row) => row.networkCampaignId === '');
  const row = own ?? general;
  if (!row) return { rules: DEFAULT_RULES, origin: 'default' };
  return { rules: refundRulesSchema.parse(JSON.parse(row.rules)), origin: own ? 'campaign' : 'account' };
}

/** Whether any campaign of the account has rules of its own. */
export async function hasCampaignRules(conn: Conn, accountId: string): Promise<boolean> {
  const where = { accountId, networkCampaignId: { not: '' } };
  return (await conn.prisma.refundPolicy.count({ where, take: 1 })) > 0;
}

export interface SavedPolicy extends Policy {
  /** True where these very rules were saved for what was asked about, and are not inherited. */
  own: boolean;
  updatedAt: string | null;
  updatedBy: string | null;
}

/** The policy of an account ('' as campaign) or of one of its campaigns, as it holds now. */
export async function readPolicy(
  ctx: Pick<Ctx, 'store'>,
  { accountId, networkCampaignId = '' }: { accountId: string; networkCampaignId?: string },
): Promise<SavedPolicy> {
  const policy = await policyFor(ctx.store, accountId, networkCampaignId || null);
  const row = await ctx.store.prisma.refundPolicy.findUnique({
    where: { accountId_networkCampaignId: { accountId, networkCampaignId } },
  });
  return {
    ...policy,
    own: row !== null,
    updatedAt: row?.updatedAt.toISOString() ?? null,
    updatedBy: row?.updatedBy ?? null,
  };
}

/**
 * Saves the rules of a campaign, or with '' those of its whole account; null takes them away again, so that what
 * stands above holds. They decide about refunds from now on; what was decided stays. Throws VALIDATION_ERROR, NOT_FOUND.
 */
export async function savePolicy(
  ctx: Ctx,
  input: { accountId: string; networkCampaignId: string; rules: unknown; actor: Actor },
): Promise<SavedPolicy> {
  const { accountId, networkCampaignId, actor } = input;
  const rules = input.rules === null ? null : checkedRules(input.rules);
  const now = nowOf(ctx);
  const key = { accountId_networkCampaignId: { accountId, networkCampaignId } };
  await ctx.store.transaction(async (tx) => {
    const account = await tx.prisma.networkAccount.count({ where: { id: accountId } });
    if (account === 0) throw new AppError('NOT_FOUND', `There is no account with the id ${accountId}.`);
    const before = await tx.prisma.refundPolicy.findUnique({ where: key });
    if (rules === null) await tx.prisma.refundPolicy.deleteMany({ where: { accountId, networkCampaignId } });
    else {
      const data = { rules: JSON.stringify(rules), updatedBy: actor.name, updatedAt: now };
      await tx.prisma.refundPolicy.upsert({
        where: key,
        create: { id: ctx.newId('pol'), accountId, networkCampaignId, createdAt: now, ...data },
        update: data,
      });
    }
    await recordAudit(tx, ctx, {
      actor,
      action: rules === null ? 'refund_policy_removed' : 'refund_policy_saved',
      subjectType: 'account',
      subjectId: accountId,
      detail: { networkCampaignId, from: before ? JSON.parse(before.rules) : null, to: rules },
    });
  });
  ctx.live.publish('refunds');
  return readPolicy(ctx, { accountId, networkCampaignId });
}

function checkedRules(rules: unknown): RefundRules {
  const parsed = refundRulesSchema.safeParse(rules);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new AppError('VALIDATION_ERROR', details[0]?.message ?? 'The rules are wrong', { details });
}
