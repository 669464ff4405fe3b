import type { Ctx } from '#app/platform/context.server.ts';
import type { CampaignDeps } from './call-network.server.ts';
import type { CampaignView } from './campaign-schema.ts';
import { findCampaigns } from './find-campaigns.server.ts';
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
  /** 1–1,000, default 50. */
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
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), 1_000);
  const back = input.after !== undefined;
  const { network, status, q, confirmed } = input;
  const ids = await findCampaigns(ctx, {
    accountId: network === undefined ? undefined : await deps.accounts.idByName(network),
    status,
    q,
    confirmed,
    beyond: back ? input.after : input.before,
    oldest: back,
    limit: limit + 1,
  });
  const page = ids.slice(0, limit);
  if (back) page.reverse();
  const more = ids.length > limit;
  const rows = await ctx.store.prisma.campaign.findMany({
    where: { id: { in: page } },
    omit: { raw: true, syncDueAt: true, updatedAt: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items: CampaignView[] = [];
  for (const id of page) {
    const row = byId.get(id);
    if (!row) continue;
    const account = await deps.accounts.byId(row.accountId);
    items.push(viewOf(row, account, deps.connectorOf(account).label));
  }
  return {
    items,
    nextBefore: (back ? page.length > 0 : more) ? (items.at(-1)?.id ?? null) : null,
    nextAfter: (back ? more : input.before !== undefined) ? (items[0]?.id ?? null) : null,
  };
}
