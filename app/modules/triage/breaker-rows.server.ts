import type { Ctx } from '#app/platform/context.server.ts';
import type { HeldScope, ProvenBy } from './breaker-policy.ts';
import type { BreakerReason, BreakerScope } from './schema.ts';

/** A breaker that is not closed, with what its next step depends on. */
export interface OpenBreaker extends HeldScope {
  id: string;
  accountId: string;
  scope: BreakerScope;
  scopeKey: string;
  reason: BreakerReason;
  provenBy: ProvenBy;
  issueId: string;
  state: 'open' | 'releasing';
  probeMessageId: string | null;
  probes: number;
  nextProbeAt: Date | null;
  trippedAt: Date;
  updatedAt: Date;
  /** When the account was last saved here. */
  accountSavedAt: Date | null;
  /** When the campaign was last fetched, if the network then said that it takes conversions again. */
  campaignWellAt: Date | null;
  /** The probe's status and when it was let go. */
  probeStatus: string | null;
  probeStartedAt: Date | null;
}

type Row = Omit<OpenBreaker, 'probes' | 'codes' | 'campaignWellAt'> & {
  probes: number | bigint;
  campaignStatus: string | null;
  budgetCents: number | bigint | null;
  spentCents: number | bigint | null;
  syncedAt: Date | null;
};

/** Codes of one breaker that are kept in memory. */
const CODES_MAX = 20_000;
const codesKept = new WeakMap<object, Map<string, { at: number; codes: ReadonlySet<string> }>>();

/**
 * Every breaker that is not closed, oldest first: one statement over an index that holds little else, since it runs
 * every second; a second one only for codes that changed.
 */
export async function readOpenBreakers(ctx: Pick<Ctx, 'store'>): Promise<OpenBreaker[]> {
  const rows = await ctx.store.query<Row>(
    `SELECT b."id", b."accountId", b."scope", b."scopeKey", b."networkCampaignId", b."reason", b."provenBy", b."issueId", b."state",
       b."probeMessageId", b."probes", b."nextProbeAt", b."trippedAt", b."updatedAt", a."updatedAt" AS "accountSavedAt",
       c."status" AS "campaignStatus", c."budgetCents", c."spentCents", c."syncedAt", c."testTrackingCode" AS "testCode",
       m."status" AS "probeStatus", m."releasedAt" AS "probeStartedAt"
     FROM "Breaker" b LEFT JOIN "NetworkAccount" a ON a."id" = b."accountId"
       LEFT JOIN "Campaign" c ON c."accountId" = b."accountId" AND c."networkCampaignId" = b."networkCampaignId"
       LEFT JOIN "OutboxMessage" m ON m."id" = b."probeMessageId"
     WHERE b."state" IN ('open', 'releasing') ORDER BY b."id"`,
  );
  if (rows.length === 0) return [];
  const codes = await codesOf(ctx, rows);
  return rows.map(({ campaignStatus, budgetCents, spentCents, syncedAt, probes, ...row }) => {
    const well = isWell(row.reason, { campaignStatus, budgetCents, spentCents });
    return {
      ...row,
      probes: Number(probes),
      codes: codes.get(row.id) ?? new Set<string>(),
      campaignWellAt: well ? syncedAt : null,
    };
  });
}

function isWell(
  reason: BreakerReason,
  campaign: Pick<Row, 'campaignStatus' | 'budgetCents' | 'spentCents'>,
): boolean {
  if (campaign.campaignStatus !== 'ACTIVE') return false;
  if (reason === 'inactive_campaign') return true;
  return (
    reason === 'budget_exhausted' &&
    campaign.budgetCents !== null &&
    Number(campaign.budgetCents) > Number(campaign.spentCents ?? 0)
  );
}

/** Codes by breaker, read anew only where the breaker changed. */
async function codesOf(
  ctx: Pick<Ctx, 'store'>,
  rows: readonly Pick<Row, 'id' | 'scope' | 'updatedAt'>[],
): Promise<Map<string, ReadonlySet<string>>> {
  const kept = codesKept.get(ctx.store) ?? new Map();
  codesKept.set(ctx.store, kept);
  const out = new Map<string, ReadonlySet<string>>();
  for (const { id, scope, updatedAt } of rows) {
    if (scope !== 'campaign') continue;
    const before = kept.get(id);
    if (before?.at === updatedAt.getTime()) {
      out.set(id, before.codes);
      continue;
    }
    const found = await ctx.store.prisma.breakerCode.findMany({
      where: { breakerId: id },
      select: { ref: true },
      take: CODES_MAX,
    });
    const codes = new Set(found.map(({ ref }) => ref));
    kept.set(id, { at: updatedAt.getTime(), codes });
    out.set(id, codes);
  }
  for (const id of kept.keys()) if (!out.has(id)) kept.delete(id);
  return out;
}
