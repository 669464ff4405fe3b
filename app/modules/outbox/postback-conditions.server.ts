import type { Dialect } from '#app/platform/db/dialect.server.ts';
import type { Param } from '#app/platform/db/parameters.server.ts';
import type { PostbackFilter, PostbackOrder } from './postback-schema.ts';
import { type MessageStatus, POSTBACK_STATUSES } from './schema.ts';

/**
 * A filter whose names and searches have been looked up (resolveFilter). What it names is either in `ids`, or so much
 * that it is checked row by row (the fields kept from PostbackFilter).
 */
export interface ResolvedFilter extends Omit<PostbackFilter, 'network' | 'q' | 'text' | 'not' | 'ids'> {
  /** For network; null: any. */
  accountIds: readonly string[] | null;
  /** For ids, q, text and what else named few rows; null: any. */
  ids: readonly string[] | null;
  not?: Omit<NonNullable<PostbackFilter['not']>, 'network'> | undefined;
  /** The counts of attempts that there are within `attempts`, where that is above 1. */
  attemptCounts?: readonly number[] | undefined;
  /** A search that matched too many rows: its text, and the postbacks of the leads it named. */
  search?: { text: string; postbackIds: readonly string[] } | undefined;
}

export interface PageBounds {
  order: PostbackOrder;
  limit: number;
  /** Only ids below / above these. */
  below?: string | undefined;
  above?: string | undefined;
  /** Only ids up to this one. */
  atMost?: string | undefined;
  /** The walk ends with this id, see lookedThrough. */
  lastLooked?: string | undefined;
}

export type Condition = (param: Param) => string;

/** Condition that a column is one of these texts. */
export function inJson(dialect: Dialect, column: string, values: readonly string[], param: Param): string {
  const placeholder = param(JSON.stringify(values));
  return dialect.inList(column, Number(placeholder.slice(1)) || 1);
}

/** Condition that a column begins with a text, upper and lower case told apart. */
export function beginsWith(dialect: Dialect, column: string, text: string, param: Param): string {
  return dialect.name === 'postgres'
    ? `${column} ^@ ${param(text)}`
    : `(${column} >= ${param(text)} AND ${column} < ${param(`${text}\u{10ffff}`)})`;
}

/** The statuses that a filter lets through: "is not" is the list of the others. */
export function statusesOf({
  status,
  not,
}: Pick<ResolvedFilter, 'status' | 'not'>): readonly MessageStatus[] {
  const wanted = status?.length ? status : POSTBACK_STATUSES;
  return not?.status?.length ? wanted.filter((one) => !not.status?.includes(one)) : wanted;
}
