import type { Dialect } from '#app/platform/db/dialect.server.ts';
import type { IssueFilter } from './issue-schema.ts';

/** A condition on "Issue" i, with its arguments in the order of the text. */
export interface IssueConditions {
  text: string;
  args: unknown[];
}

/** Writes a filter as a condition. `before`: arguments that stand earlier in the statement. */
export function issueConditions(dialect: Dialect, filter: IssueFilter, before = 0): IssueConditions {
  const args: unknown[] = [];
  const param = (value: unknown): number => before + args.push(value);
  const oneOf = (column: string, values: readonly string[]): string =>
    dialect.inList(column, param(JSON.stringify(values)));
  const parts: string[] = [];
  if (filter.state?.length) parts.push(oneOf('i."state"', filter.state));
  const accounts = (names: readonly string[]): string =>
    `i."accountId" IN (SELECT a."id" FROM "NetworkAccount" a WHERE ${oneOf('a."name"', names)})`;
  if (filter.network?.length) parts.push(accounts(filter.network));
  if (filter.not?.network?.length) parts.push(`NOT ${accounts(filter.not.network)}`);
  if (filter.code?.length) parts.push(oneOf('i."errorCode"', filter.code));
  if (filter.not?.code?.length) parts.push(`NOT (${oneOf('i."errorCode"', filter.not.code)})`);
  if (filter.codeBegins?.length) parts.push(beginsWith(dialect, filter.codeBegins, param));
  if (filter.campaign?.length) parts.push(oneOf('i."networkCampaignId"', filter.campaign));
  if (filter.not?.campaign?.length)
    parts.push(`NOT (${oneOf('i."networkCampaignId"', filter.not.campaign)})`);
  if (filter.httpStatus?.length) parts.push(statusIn(filter.httpStatus, (n) => dialect.p(param(n))));
  if (filter.not?.httpStatus?.length)
    parts.push(`NOT ${statusIn(filter.not.httpStatus, (n) => dialect.p(param(n)))}`);
  if (filter.seenMin !== undefined) parts.push(`i."seen" >= ${dialect.p(param(Math.trunc(filter.seenMin)))}`);
  if (filter.seenFrom !== undefined)
    parts.push(`i."lastSeenAt" >= ${dialect.p(param(dialect.time(Date.parse(filter.seenFrom))))}`);
  if (filter.seenTo !== undefined)
    parts.push(`i."lastSeenAt" < ${dialect.p(param(dialect.time(Date.parse(filter.seenTo))))}`);
  if (filter.assignee === 'none') parts.push('i."assigneeId" IS NULL');
  else if (filter.assignee) parts.push(`i."assigneeId" = ${dialect.p(param(filter.assignee))}`);
  if (filter.q) parts.push(textCondition(dialect, filter.q, param));
  return { text: parts.length === 0 ? '1 = 1' : parts.join(' AND '), args };
}

/** True or false for every row, never unknown: an issue without an answer has no status. */
function statusIn(values: readonly string[], param: (status: number) => string): string {
  const one = (value: string): string =>
    value === 'none' ? 'i."httpStatus" IS NULL' : `coalesce(i."httpStatus", 0) = ${param(Number(value))}`;
  return `(${values.map(one).join(' OR ')})`;
}

/** Codes by their beginning, to the byte: LIKE would take case and wildcards into it. */
function beginsWith(
  dialect: Dialect,
  beginnings: readonly string[],
  param: (value: unknown) => number,
): string {
  const one = (text: string): string =>
    `substr(i."errorCode", 1, ${[...text].length}) = ${dialect.p(param(text))}`;
  return `(${beginnings.map(one).join(' OR ')})`;
}

/** Issues are few (causes, not postbacks), so their words are simply read. Case does not count. */
function textCondition(dialect: Dialect, q: string, param: (value: unknown) => number): string {
  const like = dialect.name === 'postgres' ? 'ILIKE' : 'LIKE';
  const pattern = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const has = (column: string) => `${column} ${like} ${dialect.p(param(pattern))} ESCAPE '\\'`;
  const own = ['i."errorCode"', 'i."message"', 'i."sampleMessage"', 'i."networkCampaignId"'].map(has);
  const campaign = `EXISTS (SELECT 1 FROM "Campaign" c WHERE c."accountId" = i."accountId" AND c."networkCampaignId" = i."networkCampaignId" AND ${has('c."name"')})`;
  return `(${[...own, campaign].join(' OR ')})`;
}
