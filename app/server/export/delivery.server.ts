import type { DeliveryGroup } from '#app/modules/metrics/delivery-schema.ts';
import { readDelivery } from '#app/modules/metrics/index.server.ts';
import { boundsOf, readState } from '../../routes/_console.delivery/filters.ts';
import { exportTable } from './table.ts';

/** Part of a whole as a fraction with six digits; null where there is nothing to divide. */
const share = (part: number, whole: number): string | null =>
  whole === 0 ? null : (part / whole).toFixed(6);

/** Delivery figures by network and campaign as /delivery shows them: the 100 with the most attempts, whatever there are. */
export const delivery = exportTable<DeliveryGroup>({
  async read({ ctx, accounts, wiring }, query, zone) {
    const state = readState(query);
    const named = async () =>
      (await accounts.all()).map((account) => ({
        id: account.id,
        name: account.name,
        connector: wiring.connectorOf(account).label,
      }));
    const { groups } = await readDelivery(
      ctx,
      { accounts: named },
      { ...boundsOf(state, ctx.clock.now()), zone, network: state.network, campaign: state.campaign },
    );
    return async () => ({ rows: groups, next: null });
  },
  columns: [
    { header: 'Network', text: (row) => row.network },
    { header: 'Campaign', text: (row) => row.networkCampaignId },
    { header: 'Campaign name', text: (row) => row.campaignName },
    { header: 'Attempts', text: (row) => row.attempts },
    { header: 'Accepted', text: (row) => row.accepted },
    { header: 'Duplicates', text: (row) => row.duplicate },
    { header: 'To be retried', text: (row) => row.retryable },
    { header: 'Refused', text: (row) => row.rejected },
    { header: 'Interrupted', text: (row) => row.interrupted },
    { header: 'Tests', text: (row) => row.test },
    { header: 'First tries', text: (row) => row.firstTries },
    { header: 'Accepted at first try', text: (row) => share(row.firstSuccesses, row.firstTries) },
    { header: 'Delivered within, p50 (ms)', text: (row) => row.p50 },
    { header: 'Delivered within, p95 (ms)', text: (row) => row.p95 },
  ],
});
