import type { Ctx } from '#app/platform/context.server.ts';
import type { CampaignDeps } from './call-network.server.ts';
import type { CampaignView } from './campaign-schema.ts';
import { viewOf } from './read-campaign.server.ts';

export interface ListCampaignsInput {
  /** Name of an account. */
  network?: string | undefined;
  /** The network's word, e.g. ACTIVE. */
  status?: string | undefined;
  /** Part of the name or of the network's id; case does not matter. */
  q?: string | undefined;
  /** Only those that are, or are not, confirmed. */
  confirmed?: boolean | undefined;
  /** 1–200, default 50. */
  limit?: number | undefined;
  /** Id of the last campaign of the page before. */
  before?: string | undefined;
  /** Id of the first campaign of the page after. */
  after?: string | undefined;
}

export interface CampaignPage {
  items: CampaignView[];
  /** Hand back as `before` (older) and `after` (newer); null at the ends. */
  nextBefore: string | null;
  nextAfter: string | null;
}

/** Campaigns, newest first (ids sort by time). Throws VALIDATION_ERROR for an account that is not there. */
export async function listCampaigns(
  ctx: Pick<Ctx, 'store'>,
  deps: Pick<CampaignDeps, 'accounts' | 'connectorOf'>,
  input: ListCampaignsInput = {},
): Promise<CampaignPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), 200);
  const back = input.after !== undefined;
  const rows = await ctx.store.prisma.campaign.findMany({
    where: await whereOf(deps, input, ctx.store.dialect.name === 'postgres'),
    omit: { raw: true, syncDueAt: true, updatedAt: true },
    orderBy: { id: back ? 'asc' : 'desc' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  if (back) page.reverse();
  const more = rows.length > limit;
  const items: CampaignView[] = [];
  for (const row of page) {
    const account = await deps.accounts.byId(row.accountId);
    items.push(viewOf(row, account, deps.connectorOf(account).label));
  }
  return {
    items,
    nextBefore: (back ? page.length > 0 : more) ? (items.at(-1)?.id ?? null) : null,
    nextAfter: (back ? more : input.before !== undefined) ? (items[0]?.id ?? null) : null,
  };
}

async function whereOf(deps: Pick<CampaignDeps, 'accounts'>, input: ListCampaignsInput, postgres: boolean) {
  const { network, status, q, confirmed, before, after } = input;
  // SQLite's LIKE ignores the case of ASCII by itself and knows no mode
  const contains = { contains: q ?? '', ...(postgres ? { mode: 'insensitive' } : {}) };
  return {
    ...(network === undefined ? {} : { accountId: await deps.accounts.idByName(network) }),
    ...(status === undefined ? {} : { status }),
    ...(q === undefined ? {} : { OR: [{ name: contains }, { networkCampaignId: contains }] }),
    ...(confirmed === undefined ? {} : { trackingConfirmedAt: confirmed ? { not: null } : null }),
    ...(before === undefined ? {} : { id: { lt: before } }),
    ...(after === undefined ? {} : { id: { gt: after } }),
  };
}
