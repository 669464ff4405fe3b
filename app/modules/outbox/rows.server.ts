import { columnList, type Dialect, type RowOf } from '#app/platform/db/dialect.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';

/** Columns of a message as it is first written. */
export const MESSAGE = {
  id: 'text',
  kind: 'text',
  accountId: 'text',
  conversionId: 'text',
  leadId: 'text',
  refundId: 'text',
  networkCampaignId: 'text',
  externalId: 'text',
  ref: 'text',
  eventType: 'text',
  revenueCents: 'bigint',
  payoutCents: 'bigint',
  currency: 'text',
  payload: 'text',
  status: 'text',
  dueAt: 'time',
  attempts: 'int',
  leaseOwner: 'text',
  leaseUntil: 'time',
  attemptStartedAt: 'time',
  createdAt: 'time',
  updatedAt: 'time',
} as const;
export type MessageRow = RowOf<typeof MESSAGE>;

/** Statement that inserts messages given as JSON in parameter `n`; `where` may hold some of the rows (alias r) back. */
export function insertMessagesSql(dialect: Dialect, where = 'true', n = 1): string {
  const columns = columnList(MESSAGE);
  // "step" is 0 by the column's default
  return `INSERT INTO "OutboxMessage" (${columns}) SELECT ${columnList(MESSAGE, 'r.')} FROM ${dialect.eachRow(MESSAGE, n, 'r')} WHERE ${where}`;
}

/** Writes messages on an open connection. */
export async function insertMessages(conn: Conn, rows: readonly MessageRow[]): Promise<void> {
  if (rows.length > 0)
    await conn.execute(insertMessagesSql(conn.dialect), conn.dialect.encode(MESSAGE, rows));
}

/** A message that a worker holds: what it needs to make the attempt and to settle it. */
export interface LeasedMessage {
  id: string;
  kind: 'postback' | 'dispute';
  accountId: string;
  conversionId: string | null;
  leadId: string | null;
  refundId: string | null;
  externalId: string;
  /** The network's campaign id, where the caller gave it or an answer told it. */
  networkCampaignId: string | null;
  ref: string | null;
  /** When it was let go by hand or by a bulk job; null for all others. */
  releasedAt: Date | null;
  payload: string;
  step: number;
  /** Number of this attempt, counted from 1. */
  number: number;
  leaseOwner: string;
  attemptStartedAt: Date;
  firstMaySentAt: Date | null;
  createdAt: Date;
}
