import type { Connector } from '#app/connectors/types.ts';
import type { AccountBook, OpenAccount } from '#app/modules/campaigns/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { type CauseGroup, type FailingRow, gatherCauses } from './causes.ts';
import { inTurn } from './in-turn.server.ts';
import { addUp } from './policy.ts';
import { remember } from './remember.server.ts';
import type { Attention } from './schema.ts';

type Context = Pick<Ctx, 'store'>;

/** What explains codes and computes payouts; given by the composition root. */
export interface AttentionDeps {
  accounts: AccountBook;
  connectorOf(account: OpenAccount): Connector;
}

const COUNT_CAP = 100_001;
/** Rows of each status that are looked at for causes and money, newest first. */
const SAMPLE = 2_000;
const KEEP_MS = 2_500;
const STATUSES = ['failed', 'exhausted', 'parked', 'retrying'] as const;
type FailingStatus = (typeof STATUSES)[number];

/**
 * What fails now: how many postbacks need a person, why, and which payouts they hold up. Counts stop at 100,001;
 * causes and money come from the newest 2,000 of each status (`sampled` says when there are more).
 */
export async function readAttention(ctx: Context, deps: AttentionDeps): Promise<Attention> {
  const counts = await remember(ctx.store, 'attention counts', KEEP_MS, () => countStatuses(ctx));
  const rows = await remember(ctx.store, 'attention rows', KEEP_MS, () => failingRows(ctx));
  const groups = gatherCauses(rows, await knowledge(ctx, deps, rows));
  const { failed, exhausted, parked, retrying } = counts;
  return {
    count: Math.min(failed + exhausted + parked, COUNT_CAP),
    failed,
    exhausted,
    parked,
    retrying,
    unpaid: addUp(groups.flatMap((group) => group.unpaid)),
    unknown: groups.reduce((sum, group) => sum + group.unknown, 0),
    causes: groups,
    sampled: STATUSES.some((status) => counts[status] > SAMPLE),
  };
}

async function countStatuses(ctx: Context): Promise<Record<FailingStatus, number>> {
  const counts = { failed: 0, exhausted: 0, parked: 0, retrying: 0 };
  const count = async (status: FailingStatus): Promise<void> => {
    const [row] = await ctx.store.query<{ n: number | bigint }>(
      `SELECT count(*) AS "n" FROM (SELECT 1 FROM "OutboxMessage" WHERE "kind" = 'postback' AND "status" = '${status}' LIMIT ${COUNT_CAP}) t`,
    );
    counts[status] = Number(row?.n ?? 0);
  };
  await inTurn(
    ctx.store,
    STATUSES.map((status) => () => count(status)),
  );
  return counts;
}

type StoredRow = Omit<FailingRow, 'count' | 'revenueCents' | 'httpStatus' | 'since' | 'moving'> & {
  status: string;
  n: number | bigint;
  revenueCents: number | bigint | null;
  httpStatus: number | bigint | null;
  since: Date | number | bigint;
};

/** The newest failing postbacks, equal ones gathered by the store. */
async function failingRows(ctx: Context): Promise<FailingRow[]> {
  const keys = [
    'accountId',
    'status',
    'errorCode',
    'errorMessage',
    'httpStatus',
    'networkCampaignId',
    'ref',
    'revenueCents',
    'currency',
  ];
  const columns = keys.map((key) => `"${key}"`).join(', ');
  const read = (status: FailingStatus) =>
    ctx.store.query<StoredRow>(
      `SELECT ${columns}, count(*) AS "n", min("createdAt") AS "since" FROM
         (SELECT ${columns}, "createdAt" FROM "OutboxMessage" WHERE "kind" = 'postback' AND "status" = '${status}' ORDER BY "id" DESC LIMIT ${SAMPLE}) t
       GROUP BY ${columns}`,
    );
  const found = await inTurn(
    ctx.store,
    STATUSES.map((status) => () => read(status)),
  );
  return found.flat().map(({ status, n, revenueCents, httpStatus, since, ...row }) => ({
    ...row,
    moving: status === 'retrying',
    count: Number(n),
    revenueCents: revenueCents === null ? null : Number(revenueCents),
    httpStatus: httpStatus === null ? null : Number(httpStatus),
    since: since instanceof Date ? since.getTime() : Number(since),
  }));
}

/** Everything `gatherCauses` needs to know besides the rows. */
async function knowledge(
  ctx: Context,
  deps: AttentionDeps,
  rows: readonly FailingRow[],
): Promise<CauseGroup> {
  const [accounts, campaigns, campaignOfRef] = await Promise.all([
    deps.accounts.all(),
    ctx.store.prisma.campaign.findMany({
      select: {
        accountId: true,
        networkCampaignId: true,
        name: true,
        compensationModel: true,
        payoutPercentage: true,
        payoutPerUnitCents: true,
        currency: true,
      },
    }),
    campaignsOfRefs(ctx, rows),
  ]);
  return {
    accounts: new Map(
      accounts.map((account) => [account.id, { name: account.name, connector: deps.connectorOf(account) }]),
    ),
    campaigns: new Map(
      campaigns.map(({ payoutPerUnitCents, ...campaign }) => [
        `${campaign.accountId} ${campaign.networkCampaignId}`,
        { ...campaign, payoutPerUnitCents: payoutPerUnitCents === null ? null : Number(payoutPerUnitCents) },
      ]),
    ),
    campaignOfRef,
  };
}

/** Tracking codes looked up at once, the most frequent, and conversions of each that are looked at. */
const REFS_MAX = 100;
const TRIES = 10;

/**
 * A tracking code belongs to one campaign, so another conversion of the same code tells the campaign that a refused
 * answer left out (RG-14). What was found is remembered: it does not change.
 */
async function campaignsOfRefs(ctx: Context, rows: readonly FailingRow[]): Promise<Map<string, string>> {
  const unknown = new Map<string, number>();
  for (const { networkCampaignId, ref, count } of rows) {
    if (networkCampaignId === null && ref !== null) unknown.set(ref, (unknown.get(ref) ?? 0) + count);
  }
  const byCount = [...unknown].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const refs = byCount.slice(0, REFS_MAX).map(([ref]) => ref);
  if (refs.length === 0) return new Map();
  const { dialect } = ctx.store;
  const key = JSON.stringify(refs);
  return remember(ctx.store, `campaigns of ${key}`, 60_000, async () => {
    const found = await ctx.store.query<{ accountId: string | null; ref: string; campaign: string | null }>(
      `SELECT r."ref", m."accountId", m."networkCampaignId" AS "campaign" FROM ${dialect.rows({ ref: 'text' }, 1, 'r')}
       JOIN "OutboxMessage" m ON m."id" = (SELECT x."id" FROM (SELECT c."postbackId" FROM "Conversion" c WHERE c."ref" = r."ref" ORDER BY c."id" DESC LIMIT ${TRIES}) n
         JOIN "OutboxMessage" x ON x."id" = n."postbackId" WHERE x."networkCampaignId" IS NOT NULL LIMIT 1)`,
      dialect.encode(
        { ref: 'text' },
        refs.map((ref) => ({ ref })),
      ),
    );
    return new Map(
      found.flatMap(({ accountId, ref, campaign }) =>
        campaign ? [[`${accountId} ${ref}`, campaign] as [string, string]] : [],
      ),
    );
  });
}
