import type { Ctx } from '#app/platform/context.server.ts';
import type { AttentionDeps } from './attention.server.ts';
import { type CauseGroup, type FailingRow, gatherCauses } from './causes.ts';
import { remember } from './remember.server.ts';
import type { Cause } from './schema.ts';

type Context = Pick<Ctx, 'store'>;

const COUNT_CAP = 100_001;
/** Rows that are looked at for causes and money, newest first. */
const SAMPLE = 2_000;
const KEEP_MS = 2_500;

/** What retries by itself. */
export interface Moving {
  /** Stops at 100,001. */
  count: number;
  /** Of the newest 2,000. */
  causes: Cause[];
  sampled: boolean;
}

/** Why postbacks retry right now, and which payouts wait for it: nobody is needed for them. */
export async function readMoving(ctx: Context, deps: AttentionDeps): Promise<Moving> {
  const count = await remember(ctx.store, 'retrying count', KEEP_MS, () => countRetrying(ctx));
  const rows = await remember(ctx.store, 'retrying rows', KEEP_MS, () => retryingRows(ctx));
  const causes = gatherCauses(rows, await knowledge(ctx, deps, rows));
  return { count, causes, sampled: count > SAMPLE };
}

async function countRetrying(ctx: Context): Promise<number> {
  const [row] = await ctx.store.query<{ n: number | bigint }>(
    `SELECT count(*) AS "n" FROM (SELECT 1 FROM "OutboxMessage" WHERE "kind" = 'postback' AND "status" = 'retrying' LIMIT ${COUNT_CAP}) t`,
  );
  return Number(row?.n ?? 0);
}

type StoredRow = Omit<FailingRow, 'count' | 'revenueCents' | 'httpStatus' | 'since' | 'moving'> & {
  n: number | bigint;
  revenueCents: number | bigint | null;
  httpStatus: number | bigint | null;
  since: Date | number | bigint;
};

const KEYS = [
  'accountId',
  'errorCode',
  'errorMessage',
  'httpStatus',
  'networkCampaignId',
  'ref',
  'revenueCents',
  'currency',
];

/** The newest retrying postbacks, equal ones gathered by the store. */
async function retryingRows(ctx: Context): Promise<FailingRow[]> {
  const columns = KEYS.map((key) => `"${key}"`).join(', ');
  const found = await ctx.store.query<StoredRow>(
    `SELECT ${columns}, count(*) AS "n", min("createdAt") AS "since" FROM
       (SELECT ${columns}, "createdAt" FROM "OutboxMessage" WHERE "kind" = 'postback' AND "status" = 'retrying' ORDER BY "id" DESC LIMIT ${SAMPLE}) t
     GROUP BY ${columns}`,
  );
  return found.map(({ n, revenueCents, httpStatus, since, ...row }) => ({
    ...row,
    moving: true,
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
    // the newest know it best; where all of those wait, the first ones of the code were answered
    const told = (direction: 'ASC' | 'DESC'): string =>
      `(SELECT x."id" FROM (SELECT c."postbackId" FROM "Conversion" c WHERE c."ref" = r."ref" ORDER BY c."id" ${direction} LIMIT ${TRIES}) n
         JOIN "OutboxMessage" x ON x."id" = n."postbackId" WHERE x."networkCampaignId" IS NOT NULL LIMIT 1)`;
    const found = await ctx.store.query<{ accountId: string | null; ref: string; campaign: string | null }>(
      `SELECT r."ref", m."accountId", m."networkCampaignId" AS "campaign" FROM ${dialect.rows({ ref: 'text' }, 1, 'r')}
       JOIN "OutboxMessage" m ON m."id" = COALESCE(${told('DESC')}, ${told('ASC')})`,
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
