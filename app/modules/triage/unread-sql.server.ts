import type { Dialect } from '#app/platform/db/dialect.server.ts';
import { UNREAD_STATUSES, UNREADABLE_SUCCESS } from './unread-schema.ts';

/** The words of the partial index OutboxMessage_unread_idx: a success without its data. `alias` ends with a dot. */
export const unreadSql = (alias = ''): string =>
  `${alias}"errorCode" = '${UNREADABLE_SUCCESS}' AND ${alias}"status" IN ('${UNREAD_STATUSES.join("', '")}')`;

/** Walks that index by name on SQLite, which has no statistics here and would take another. */
export const byUnread = ({ name }: Pick<Dialect, 'name'>): string =>
  name === 'sqlite' ? ' INDEXED BY "OutboxMessage_unread_idx"' : '';
