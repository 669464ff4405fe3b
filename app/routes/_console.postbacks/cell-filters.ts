import type { FilterQuery } from '#app/modules/outbox/filter-schema.ts';
import type { PostbackItem } from '#app/modules/outbox/postback-schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { networkName } from '#app/platform/network-name.ts';
import type { CellFilter } from '#app/ui/filter-cell.tsx';
import { type FilterName, type ListState, listHref, withPart } from './filters.ts';
import { PART_LABELS } from './part-words.ts';
import { STATUS_LABELS } from './status.tsx';

/** What a cell can narrow the list to; the other filters stay. */
export function cellFilters(state: ListState, column: string, item: PostbackItem): CellFilter[] {
  const to = (name: FilterName, part: FilterQuery) =>
    listHref(state, { filter: withPart(state.filter, name, part), open: null });
  const one = (
    name: FilterName,
    value: string,
    is: FilterQuery,
    not?: FilterQuery,
    copy?: string,
  ): CellFilter => ({
    field: PART_LABELS[name],
    value,
    isTo: to(name, is),
    ...(not ? { notTo: to(name, not) } : {}),
    ...(copy === undefined ? {} : { copy }),
  });
  const { errorCode, httpStatus, networkCampaignId, affiliateId, ref, revenueCents } = item;
  switch (column) {
    case 'status':
      return [
        one(
          'status',
          STATUS_LABELS[item.status],
          { status: [item.status] },
          { not: { status: [item.status] } },
        ),
      ];
    case 'answer':
      return [
        ...(errorCode === null
          ? []
          : [one('cause', errorCode, { cause: [errorCode] }, { not: { cause: [errorCode] } })]),
        ...(httpStatus === null
          ? []
          : [
              one(
                'httpStatus',
                String(httpStatus),
                { httpStatus: [httpStatus] },
                { not: { httpStatus: [httpStatus] } },
              ),
            ]),
      ];
    case 'order':
      return [one('externalId', item.externalId, { externalId: [item.externalId] })];
    case 'ref':
      return ref === null ? [] : [one('code', ref, { code: [ref] })];
    case 'campaign':
      return networkCampaignId === null
        ? [one('campaign', 'not known', { campaignKnown: false }, { campaignKnown: true })]
        : [
            one(
              'campaign',
              item.campaignName ?? networkCampaignId,
              { campaign: [networkCampaignId] },
              { not: { campaign: [networkCampaignId] } },
              networkCampaignId,
            ),
          ];
    case 'affiliate':
      return affiliateId === null ? [] : [one('affiliate', affiliateId, { affiliate: [affiliateId] })];
    case 'network':
      return [
        one(
          'network',
          networkName(item.network, item.connector),
          { network: [item.network] },
          { not: { network: [item.network] } },
          item.network,
        ),
      ];
    case 'attempts':
      return [
        one('attempts', String(item.attempts), { attempts: { gte: item.attempts, lte: item.attempts } }),
      ];
    case 'revenue': {
      if (revenueCents === null) return [];
      const currency = item.revenueCurrency ?? undefined;
      const words = currency ? formatMoney(revenueCents, currency) : String(revenueCents);
      return [one('amount', words, { amount: { gte: revenueCents, lte: revenueCents, currency } })];
    }
    default:
      return [];
  }
}
