import type { Ctx } from '#app/platform/context.server.ts';
import type { UnitHint } from './expected-schema.ts';
import { farFromUsual, type ReportedOrder, unitByRefund } from './expected-units.ts';
import {
  campaignNames,
  keepLong,
  lookUp,
  type NarrowedLeads,
  type Num,
  num,
  Where,
} from './payout-filter.server.ts';
import { remember } from './remember.server.ts';
import type { LeadsNarrowing } from './report-filter-schema.ts';

type Read = Pick<Ctx, 'store'>;
/** The newest leads, and the newest refunds, that are looked at. */
const NEWEST = 2_000;

type Order = ReportedOrder & { campaignId: string | null; currency: string };
interface Row {
  id: string;
  externalId: string;
  networkCampaignId: string | null;
  currency: string | null;
  revenue: Num;
}

/**
 * Campaigns whose revenue seems to be reported in the wrong unit (RG-22), where payout and expectation agree and are
 * wrong together: by what providers refunded, and by what is usual. Looks at the newest 2,000 leads and 2,000 refunds.
 */
export function readUnitHints(ctx: Read, filter: LeadsNarrowing): Promise<UnitHint[]> {
  return remember(ctx.store, `unit hints ${JSON.stringify(filter)}`, keepLong, async () => {
    const narrowed = await lookUp(ctx, filter);
    const hints = [...(await byRefunds(ctx, narrowed)), ...(await byUsual(ctx, narrowed))];
    const names = await campaignNames(
      ctx,
      hints.map((hint) => hint.campaignId),
    );
    return hints
      .map((hint) => ({ ...hint, campaignName: (hint.campaignId && names.get(hint.campaignId)) || null }))
      .sort((a, b) => b.count - a.count);
  });
}

const ORDER = `l."id", l."externalId", l."networkCampaignId", c."currency", c."revenueCents" AS "revenue"`;

function ordersOf<R extends Row>(rows: readonly R[]): (Order & { row: R })[] {
  return rows.flatMap((row) =>
    row.revenue === null || row.currency === null
      ? []
      : [
          {
            leadId: row.id,
            externalId: row.externalId,
            campaignId: row.networkCampaignId,
            currency: row.currency,
            revenueCents: num(row.revenue),
            row,
          },
        ],
  );
}

function grouped<O extends Order>(orders: readonly O[]): O[][] {
  const groups = new Map<string, O[]>();
  for (const order of orders) {
    const key = JSON.stringify([order.campaignId, order.currency]);
    groups.set(key, [...(groups.get(key) ?? []), order]);
  }
  return [...groups.values()];
}

/** Orders refunded in full by a provider, which knows what was paid. */
async function byRefunds(ctx: Read, filter: NarrowedLeads): Promise<UnitHint[]> {
  const where = new Where(ctx.store.dialect).leads('l', filter);
  const rows = await ctx.store.query<Row & { refunded: Num }>(
    `SELECT ${ORDER}, r."amountCents" AS "refunded" FROM (SELECT * FROM "Refund" WHERE "leadId" IS NOT NULL ORDER BY "leadId" DESC LIMIT ${NEWEST}) r
     JOIN "Lead" l ON l."id" = r."leadId" JOIN "Conversion" c ON c."id" = l."conversionId"
     WHERE r."amountCents" IS NOT NULL AND (r."currency" IS NULL OR r."currency" = c."currency") AND ${where.sql}`,
    ...where.args,
  );
  return grouped(ordersOf(rows)).flatMap((orders) =>
    (['major', 'hundredfold'] as const).flatMap((kind) => {
      const found = orders.filter(
        (order) => unitByRefund(order.revenueCents, num(order.row.refunded)) === kind,
      );
      const first = found[0];
      return first ? [hintOf(kind, 'refund', found, orders.length, num(first.row.refunded))] : [];
    }),
  );
}

async function byUsual(ctx: Read, filter: NarrowedLeads): Promise<UnitHint[]> {
  const where = new Where(ctx.store.dialect).leads('l', filter);
  const rows = await ctx.store.query<Row>(
    `SELECT ${ORDER} FROM (SELECT * FROM "Lead" ORDER BY "id" DESC LIMIT ${NEWEST}) l
     JOIN "Conversion" c ON c."id" = l."conversionId" WHERE ${where.sql}`,
    ...where.args,
  );
  return grouped(ordersOf(rows)).flatMap((orders) => {
    const { usual, ...found } = farFromUsual(orders);
    const ids = new Map(orders.map((order) => [order.leadId, order]));
    return (['major', 'hundredfold'] as const).flatMap((kind) => {
      const those = found[kind].flatMap(({ leadId }) => ids.get(leadId) ?? []);
      return those.length > 0 ? [hintOf(kind, 'usual', those, orders.length, usual)] : [];
    });
  });
}

function hintOf(
  kind: UnitHint['kind'],
  by: UnitHint['by'],
  found: readonly Order[],
  of: number,
  otherCents: number,
): UnitHint {
  const { campaignId, currency, leadId, externalId, revenueCents } = found[0] as Order;
  return {
    campaignId,
    campaignName: null,
    currency,
    kind,
    by,
    count: found.length,
    of,
    example: { leadId, externalId, revenueCents, otherCents },
  };
}
