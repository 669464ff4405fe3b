import type { Connector } from '#app/connectors/types.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { BreakerView } from './breaker-schema.ts';
import type { JobView } from './job-schema.ts';

/** What writing about causes needs of other parts; given by the composition root. */
export interface TriageDeps {
  /** The connector of an account, read on the connection given: inside a transaction no other may be used. */
  connectorIn(conn: Conn, accountId: string): Promise<Connector>;
}

/** What reading causes needs of other parts. `readDepsOf(context)` of the outbox has this shape. */
export interface IssueReadDeps {
  connectorFor(accountId: string): Promise<Connector>;
  /** What holds back postbacks under these issues, by issue id. */
  breakersOf?(issueIds: readonly string[]): Promise<ReadonlyMap<string, BreakerView>>;
  /** Bulk jobs that work on these issues now, by issue id. */
  jobsOf?(issueIds: readonly string[]): Promise<ReadonlyMap<string, JobView>>;
}
