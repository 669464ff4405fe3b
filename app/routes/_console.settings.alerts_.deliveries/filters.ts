import { DELIVERY_STATUSES, type DeliveryStatus } from '#app/modules/alerts/schema.ts';

/** The state of deliveries that the address asks for; what makes no sense counts as absent. */
export const readStatus = (query: URLSearchParams): DeliveryStatus | undefined =>
  DELIVERY_STATUSES.find((known) => known === query.get('status'));
