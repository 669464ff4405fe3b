/** What a shop's backend sends: the body of POST /api/v1/conversions. */
export const conversionBody = (externalId: string): string =>
  `{"externalId":"${externalId}","eventType":"PURCHASE","revenueCents":9900,"currency":"USD","ref":"M4TSbpS8","network":"regatta","metadata":{"plan":"pro","seats":3}}`;

/** The API key of the account `regatta`. */
export const NETWORK_KEY = 'rgt_live_bench0123456789abcdef';
