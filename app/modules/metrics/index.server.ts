export { followAttempts } from './follow-attempts.server.ts';
export { createFollower, type Follower } from './follower.server.ts';
export { boundOf, countUpTo } from './histogram.ts';
export { type DeliveryDeps, readDelivery } from './read-delivery.server.ts';
export { type DeliveryTotals, readDeliveryTotals } from './read-totals.server.ts';
export { BODY_SEARCH_MAX, findInBodies, searchBodies } from './search-bodies.server.ts';
