import type { AppLoadContext } from '@remix-run/node';
import { readDisputeStates, suggestedReason } from '#app/modules/disputes/index.server.ts';
import { countLeads, listLeads, readDeadlineTotals, readLeadTotal } from '#app/modules/leads/index.server.ts';
import { can } from '#app/modules/operators/index.server.ts';
import { readDepsOf } from '#app/modules/outbox/index.server.ts';
import { listViews } from '#app/modules/views/index.server.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { filterOf, type LeadsUrl } from './filters.ts';
import { readLeadDetail } from './lead-page.server.ts';
import type { LeadView } from './lead-view.ts';

const LIMIT = 50;

/** Everything the page of leads shows, for one address. */
export async function loadLeads(context: AppLoadContext, actor: Actor, url: LeadsUrl) {
  const { ctx } = context;
  const deps = readDepsOf(context);
  const filter = filterOf(url, ctx.clock.now());
  const byDeadline = ['refunded', 'due', 'held'].includes(url.view);
  const [page, counts, refunded, groups, total, open, accounts, views] = await Promise.all([
    listLeads(ctx, deps.connectorFor, { filter, limit: LIMIT, after: url.after, before: url.before }),
    countLeads(ctx),
    readLeadTotal(ctx, { refunded: true }),
    byDeadline ? readDeadlineTotals(ctx, filter) : null,
    readLeadTotal(ctx, filter),
    url.open === null ? null : readLeadDetail(context, actor, url.open),
    context.accounts.all(),
    listViews(ctx, { page: 'leads', actor }),
  ]);
  const states = await readDisputeStates(
    ctx,
    page.items.map((lead) => lead.id),
  );
  const items = page.items.map(
    (lead): LeadView => ({ ...lead, reason: suggestedReason(lead), state: states.get(lead.id) ?? null }),
  );
  return {
    ...page,
    items,
    counts,
    refunded,
    groups,
    total: total.count,
    open,
    denied: deniedTo(actor),
    networks: accounts.map((account) => account.name),
    views,
  };
}

/** Why this person may not dispute, or null. */
export const deniedTo = (actor: Actor): string | null =>
  can(actor.role, 'dispute_lead')
    ? null
    : `Disputing leads needs another role than yours (${actor.role}). Ask an owner.`;
