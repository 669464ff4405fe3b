import type { Connector } from '#app/connectors/types.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { IssueReadDeps } from './deps.ts';
import { explainIssue } from './explain-issue.ts';
import { pageOfIssues } from './issue-page.server.ts';
import type { IssueItem, IssuePage, ListIssuesInput } from './issue-schema.ts';
import { countIssues, heldByIssues, NOTHING_HELD } from './issue-totals.server.ts';
import type { IssueState } from './schema.ts';
import { HOUR_MS, hourOf } from './write-issues.server.ts';

type Context = Pick<Ctx, 'store' | 'clock'>;

/** Hours that the trend of an issue tells. */
const TREND_HOURS = 24;

/** One page of causes with what each holds up now. Throws VALIDATION_ERROR for a cursor of another list. */
export async function listIssues(
  ctx: Context,
  deps: IssueReadDeps,
  input: ListIssuesInput,
): Promise<IssuePage> {
  const { ids, next, prev } = await pageOfIssues(ctx, input);
  const [items, total] = [await readIssues(ctx, deps, ids), await countIssues(ctx.store, input.filter)];
  return { items, next, prev, total };
}

/** Issues as lists show them, in the order of their ids; what is not there is left out. */
export async function readIssues(
  ctx: Context,
  deps: IssueReadDeps,
  ids: readonly string[],
): Promise<IssueItem[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.store.prisma.issue.findMany({ where: { id: { in: [...ids] } } });
  const [held, names, trends, breakers, jobs] = [
    await heldByIssues(ctx, ids),
    await namesOf(ctx, rows),
    await trendsOf(ctx, ids),
    (await deps.breakersOf?.(ids)) ?? new Map(),
    (await deps.jobsOf?.(ids)) ?? new Map(),
  ];
  const connectors = new Map<string, Connector>();
  for (const id of new Set(rows.map((row) => row.accountId))) connectors.set(id, await deps.connectorFor(id));
  const items = rows.map((row): IssueItem => {
    const { messageKey: _key, createdAt: _made, updatedAt: _changed, assigneeId, ...rest } = row;
    const connector = connectors.get(row.accountId) as Connector;
    const networkCampaignId = row.networkCampaignId === '' ? null : row.networkCampaignId;
    return {
      ...rest,
      ...(held.get(row.id) ?? NOTHING_HELD),
      networkCampaignId,
      state: row.state as IssueState,
      network: names.accounts.get(row.accountId) ?? 'unknown',
      connector: connector.label,
      campaignName: names.campaigns.get(`${row.accountId} ${row.networkCampaignId}`) ?? null,
      assignee:
        assigneeId === null ? null : { id: assigneeId, name: names.people.get(assigneeId) ?? 'somebody' },
      ignoredUntil: iso(row.ignoredUntil),
      reopenedAt: iso(row.reopenedAt),
      resolvedAt: iso(row.resolvedAt),
      firstSeenAt: row.firstSeenAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      trend: trends.get(row.id) ?? new Array<number>(TREND_HOURS).fill(0),
      explanation: explainIssue(connector, { ...row, networkCampaignId }),
      breaker: breakers.get(row.id) ?? null,
      job: jobs.get(row.id) ?? null,
    };
  });
  const place = new Map(ids.map((id, i) => [id, i]));
  return items.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

interface Named {
  accountId: string;
  networkCampaignId: string;
  assigneeId: string | null;
}

/** Names of accounts, campaigns ("account campaign") and people. */
async function namesOf(ctx: Context, rows: readonly Named[]) {
  const { prisma } = ctx.store;
  const campaignIds = [...new Set(rows.map((row) => row.networkCampaignId).filter((id) => id !== ''))];
  const userIds = [...new Set(rows.map((row) => row.assigneeId).filter((id) => id !== null))];
  const accounts = await prisma.networkAccount.findMany({ select: { id: true, name: true } });
  const campaigns =
    campaignIds.length === 0
      ? []
      : await prisma.campaign.findMany({
          where: { networkCampaignId: { in: campaignIds } },
          select: { accountId: true, networkCampaignId: true, name: true },
        });
  const people =
    userIds.length === 0
      ? []
      : await prisma.user.findMany({ where: { id: { in: userIds } }, select: { id: true, name: true } });
  return {
    accounts: new Map(accounts.map(({ id, name }) => [id, name])),
    campaigns: new Map(campaigns.map((c) => [`${c.accountId} ${c.networkCampaignId}`, c.name])),
    people: new Map(people.map(({ id, name }) => [id, name])),
  };
}

async function trendsOf(ctx: Context, ids: readonly string[]): Promise<Map<string, number[]>> {
  const start = hourOf(nowOf(ctx)) - (TREND_HOURS - 1) * HOUR_MS;
  const hours = await ctx.store.prisma.issueHour.findMany({
    where: { issueId: { in: [...ids] }, hour: { gte: new Date(start) } },
  });
  const out = new Map<string, number[]>();
  for (const { issueId, hour, count } of hours) {
    const trend = out.get(issueId) ?? new Array<number>(TREND_HOURS).fill(0);
    out.set(issueId, trend);
    const at = (hour.getTime() - start) / HOUR_MS;
    if (at < TREND_HOURS) trend[at] = count;
  }
  return out;
}
