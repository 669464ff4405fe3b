import type { CampaignView } from '#app/modules/campaigns/campaign-schema.ts';
import { type CampaignFigures, campaignFigures, listCampaigns } from '#app/modules/campaigns/index.server.ts';
import { minorToDecimal } from '#app/platform/money.ts';
import { choiceOf, readKnown } from '../../routes/_console.campaigns/filters.ts';
import { exportTable } from './table.ts';

type Row = CampaignView & { figures: CampaignFigures | null };

/** Fewer than other lists read at once: what came of each is counted as well. */
const AT_ONCE = 200;

/** "1000+" where not all were counted. */
const leadWords = ({ figures }: Row): string | number | null =>
  figures === null ? null : figures.leadsCapped ? `${figures.leads}+` : figures.leads;

/** Payouts still held, in major units by currency: "49.00 USD; 120 JPY", "at least" where not all were added up. */
function heldWords({ figures }: Row): string | null {
  if (figures === null) return null;
  const sums = figures.pending.map(({ payoutCents, currency }) =>
    currency === null ? `${payoutCents} minor units` : `${minorToDecimal(payoutCents, currency)} ${currency}`,
  );
  return `${figures.pendingCapped ? 'at least ' : ''}${sums.join('; ')}`;
}

/** Campaigns as /campaigns shows them, newest first, with what came of each. */
export const campaigns = exportTable<Row>({
  async read({ ctx, accounts, wiring }, query) {
    const networks = (await accounts.all()).map((account) => account.name);
    const choice = choiceOf(readKnown(query, networks));
    return async (cursor) => {
      const page = await listCampaigns(ctx, wiring.campaigns, {
        ...choice,
        limit: AT_ONCE,
        before: cursor ?? undefined,
      });
      const figures = await campaignFigures(ctx, page.items);
      const rows = page.items.map((item) => ({ ...item, figures: figures[item.id] ?? null }));
      return { rows, next: page.nextBefore };
    };
  },
  columns: [
    { header: 'Campaign', text: (row) => row.networkCampaignId },
    { header: 'Campaign name', text: (row) => row.name },
    { header: 'Network', text: (row) => row.network },
    { header: 'Status', text: (row) => row.status },
    { header: 'Model', text: (row) => row.compensationModel },
    {
      header: 'Payout each',
      money: (row) => ({ minor: row.payoutPerUnitCents, currency: row.currency }),
    },
    { header: 'Currency', text: (row) => row.currency },
    { header: 'Percent of sale', text: (row) => row.payoutPercentage },
    { header: 'Holding days', text: (row) => row.holdingPeriodDays },
    { header: 'Leads', text: leadWords },
    { header: 'Still held', text: heldWords },
    { header: 'Tracking confirmed', time: (row) => row.trackingConfirmedAt },
    { header: 'Confirmed by', text: (row) => row.confirmedBy },
    { header: 'Synced', time: (row) => row.syncedAt },
    { header: "Network's refusal", text: (row) => row.syncError },
    { header: 'Added', time: (row) => row.createdAt },
  ],
});
