import type { Connector } from '#app/connectors/types.ts';
import type { AccountBook, OpenAccount } from '#app/modules/campaigns/index.server.ts';
import { issueTotals, listIssues } from '#app/modules/triage/index.server.ts';
import type { IssueItem } from '#app/modules/triage/issue-schema.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { networkName } from '#app/platform/network-name.ts';
import { inProportion } from '#app/platform/remember.server.ts';
import { inTurn } from './in-turn.server.ts';
import { readMoving } from './moving.server.ts';
import { remember } from './remember.server.ts';
import type { Attention, Cause } from './schema.ts';

type Context = Pick<Ctx, 'store' | 'clock'>;

/** What explains codes and computes payouts; given by the composition root. */
export interface AttentionDeps {
  accounts: AccountBook;
  connectorOf(account: OpenAccount): Connector;
}

/** Issues that are looked at for the causes shown, those with the most unpaid money. */
const CAUSES = 20;
const COUNT_CAP = 100_001;

/**
 * What fails now: how many postbacks need a person, why, and which payouts they hold up. Counts and money are those
 * of the open and acknowledged issues; what still retries by itself is told apart, from the newest 2,000 of them.
 */
export async function readAttention(ctx: Context, deps: AttentionDeps): Promise<Attention> {
  const issueDeps = {
    connectorFor: async (accountId: string) => deps.connectorOf(await deps.accounts.byId(accountId)),
  };
  const totals = await issueTotals(ctx);
  const page = await listIssues(ctx, issueDeps, {
    filter: { state: ['open', 'acknowledged'] },
    order: 'money',
    limit: CAUSES,
  });
  const [unsorted = 0] = await inTurn(ctx.store, [() => countUnsorted(ctx)]);
  const moving = await readMoving(ctx, deps);
  const causes = page.items.filter((issue) => issue.held > 0).map(causeOf);
  return {
    count: Math.min(totals.held + unsorted, COUNT_CAP),
    retrying: moving.count,
    parked: await readParked(ctx),
    // of what is counted: what still retries by itself is no unpaid money yet
    unpaid: [...totals.unpaid].sort((a, b) => b.minor - a.minor),
    unknown: totals.unpaidUnknown + unsorted,
    causes: [...causes, ...moving.causes],
    more: page.next !== null && causes.length === page.items.length,
    sampled: moving.sampled,
  };
}

function causeOf(issue: IssueItem): Cause {
  const { short, title } = issue.explanation;
  return {
    key: issue.id,
    issueId: issue.id,
    account: issue.network,
    network: networkName(issue.network, issue.connector),
    errorCode: issue.errorCode,
    short: short.charAt(0).toUpperCase() + short.slice(1),
    title,
    count: issue.held,
    parked: issue.counts.parked,
    moving: false,
    since: issue.firstSeenAt,
    campaigns: [issue.campaignName ?? issue.networkCampaignId].filter((name) => name !== null),
    unpaid: issue.unpaid,
    unknown: issue.unpaidUnknown,
  };
}

/** Failed postbacks that have no issue yet: those of an older version, for the seconds until they are sorted. */
async function countUnsorted({ store }: Context): Promise<number> {
  const [row] = await store.query<{ n: number | bigint }>(
    `SELECT count(*) AS "n" FROM (SELECT 1 FROM "OutboxMessage" WHERE "issueId" IS NULL AND "kind" = 'postback' AND "status" IN ('failed', 'exhausted') LIMIT ${COUNT_CAP}) t`,
  );
  return Number(row?.n ?? 0);
}

/** What is held back now, with its money. Found from what holds it back, which is little, in the index of money. */
function readParked({ store }: Context): Promise<Attention['parked']> {
  return remember(store, 'parked', inProportion, async () => {
    const rows = await store.query<{
      currency: string | null;
      n: number | bigint;
      minor: unknown;
      known: number | bigint;
    }>(
      `SELECT m."expectedCurrency" AS "currency", count(*) AS "n", sum(m."expectedCents") AS "minor", count(m."expectedCents") AS "known"
       FROM (SELECT DISTINCT "issueId" FROM "Breaker" WHERE "state" IN ('open', 'releasing')) b
       CROSS JOIN "OutboxMessage" m WHERE m."issueId" = b."issueId" AND m."status" = 'parked' GROUP BY m."expectedCurrency"`,
    );
    const count = rows.reduce((sum, row) => sum + Number(row.n), 0);
    const known = rows.reduce((sum, row) => sum + Number(row.known), 0);
    // PostgreSQL sums bigint as numeric, which arrives as text
    const sums = rows.flatMap(({ currency, minor }) =>
      currency === null || minor === null ? [] : [{ currency, minor: Number(minor) }],
    );
    return { count, unpaid: sums.sort((a, b) => b.minor - a.minor), unknown: count - known };
  });
}
