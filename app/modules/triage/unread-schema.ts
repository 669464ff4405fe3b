import type { PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import { FAILING_STATUSES } from './schema.ts';

/**
 * Successes without their data: the status says that the network has the conversion, the body names no lead (RG-18,
 * RG-43). They keep their status and are never sent again by themselves, but they form an issue. Client-safe.
 */

/** The code that every connector gives such a success. */
export const UNREADABLE_SUCCESS = 'UNREADABLE_SUCCESS';

/** The statuses that such a success may have. */
export const UNREAD_STATUSES = ['delivered', 'duplicate'] as const;
export type UnreadStatus = (typeof UNREAD_STATUSES)[number];

/** Whether a postback is a success without its data. */
export const isUnread = (row: { status: string | null; errorCode: string | null }): boolean =>
  row.errorCode === UNREADABLE_SUCCESS && UNREAD_STATUSES.some((status) => status === row.status);

/** The postbacks that an issue holds up, by its code. */
export const heldFilter = (issue: { id: string; errorCode: string }): PostbackFilter =>
  issue.errorCode === UNREADABLE_SUCCESS
    ? { issue: [issue.id], cause: [UNREADABLE_SUCCESS], status: UNREAD_STATUSES }
    : { issue: [issue.id], status: FAILING_STATUSES };
