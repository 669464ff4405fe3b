export { followAttempts } from './follow-attempts.server.ts';
export { createFollower } from './follower.server.ts';
export { boundOf, countUpTo } from './histogram.ts';
export { readDelivery } from './read-delivery.server.ts';
export { type DeliveryTotals, readDeliveryTotals } from './read-totals.server.ts';
export { findInBodies, searchBodies } from './search-bodies.server.ts';
