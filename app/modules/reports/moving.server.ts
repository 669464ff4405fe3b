import { expectPayouts } from '#app/modules/triage/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
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
  const rows = await remember(ctx.store, 'retrying rows', KEEP_MS, async () =>
    priced(ctx, deps, await retryingRows(ctx)),
  );
  const causes = gatherCauses(rows, await knowledge(ctx, deps));
  return { count, causes, sampled: count > SAMPLE };
}

async function countRetrying(ctx: Context): Promise<number> {
  const [row] = await ctx.store.query<{ n: number | bigint }>(
    `SELECT count(*) AS "n" FROM (SELECT 1 FROM "OutboxMessage" WHERE "kind" = 'postback' AND "status" = 'retrying' LIMIT ${COUNT_CAP}) t`,
  );
  return Number(row?.n ?? 0);
}

/** A row before it is known what it would pay. */
type RetryingRow = Omit<FailingRow, 'expectedCents' | 'expectedCurrency'> & {
  ref: string | null;
  revenueCents: number | null;
  currency: string | null;
};
type StoredRow = Omit<RetryingRow, 'count' | 'revenueCents' | 'httpStatus' | 'since' | 'moving'> & {
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
async function retryingRows(ctx: Context): Promise<RetryingRow[]> {
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
    revenueCents: numberOrNull(revenueCents),
    httpStatus: numberOrNull(httpStatus),
    since: since instanceof Date ? since.getTime() : Number(since),
  }));
}

/** Names that `gatherCauses` tells of accounts and campaigns. */
async function knowledge(ctx: Context, deps: AttentionDeps): Promise<CauseGroup> {
  const [accounts, campaigns] = await Promise.all([
    deps.accounts.all(),
    ctx.store.prisma.campaign.findMany({ select: { accountId: true, networkCampaignId: true, name: true } }),
  ]);
  return {
    accounts: new Map(
      accounts.map((account) => [account.id, { name: account.name, connector: deps.connectorOf(account) }]),
    ),
    campaigns: new Map(
      campaigns.map(({ accountId, networkCampaignId, name }) => [`${accountId} ${networkCampaignId}`, name]),
    ),
  };
}

/** Tracking codes whose campaign is looked up at once, the most frequent; the others' stays unknown. */
const REFS_MAX = 100;

/** The rows with what each would pay, by the rule that issues go by (RG-14, RG-19, RG-22). */
async function priced(
  ctx: Context,
  deps: AttentionDeps,
  rows: readonly RetryingRow[],
): Promise<FailingRow[]> {
  const unknown = new Map<string, number>();
  for (const { networkCampaignId, ref, count } of rows)
    if (networkCampaignId === null && ref !== null) unknown.set(ref, (unknown.get(ref) ?? 0) + count);
  const byCount = [...unknown].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const looked = new Set(byCount.slice(0, REFS_MAX).map(([ref]) => ref));
  const payouts = await expectPayouts(
    ctx.store,
    { connectorIn: async (_, accountId) => deps.connectorOf(await deps.accounts.byId(accountId)) },
    rows.map((row, i) => ({
      ...row,
      messageId: String(i),
      ref: row.networkCampaignId !== null || (row.ref !== null && looked.has(row.ref)) ? row.ref : null,
    })),
  );
  return rows.map(({ ref: _ref, revenueCents: _revenue, currency: _currency, ...row }, i) => ({
    ...row,
    ...(payouts.get(String(i)) ?? { expectedCents: null, expectedCurrency: null }),
  }));
}
