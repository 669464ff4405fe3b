import type { Connector } from '#app/connectors/types.ts';
import type { PostbackReadDeps } from './get-postback.server.ts';

/** The parts of the running program that reading messages needs; the load context of a page has this shape. */
interface Parts<Account> {
  accounts: { byId(id: string): Promise<Account> };
  wiring: { connectorOf(account: Account): Connector };
  scheduleOf(accountId: string): Promise<readonly number[]>;
}

/** What `getPostback` and its neighbours are given, made of the running program. */
export const readDepsOf = <Account>(parts: Parts<Account>): PostbackReadDeps => ({
  connectorFor: async (accountId) => parts.wiring.connectorOf(await parts.accounts.byId(accountId)),
  scheduleOf: (accountId) => parts.scheduleOf(accountId),
});
