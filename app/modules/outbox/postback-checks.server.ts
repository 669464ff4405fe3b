import type { Dialect } from '#app/platform/db/dialect.server.ts';
import {
  beginsWith,
  type Condition,
  inJson,
  type ResolvedFilter,
  statusesOf,
} from './postback-conditions.server.ts';
import type { Covered } from './postback-plan.server.ts';
import type { HttpMatch, NumberRange } from './postback-schema.ts';
import { type MessageStatus, POSTBACK_STATUSES } from './schema.ts';

/**
 * What the walked index does not know and is checked row by row. Columns are written with a unary plus on SQLite,
 * which keeps it from walking another index for them.
 */
export function checksOf(
  dialect: Dialect,
  filter: ResolvedFilter,
  covers: ReadonlySet<Covered>,
): Condition[] {
  const column = (name: string) => `${dialect.name === 'sqlite' ? '+' : ''}m."${name}"`;
  const out: Condition[] = [];
  const open = (part: Covered) => !covers.has(part);
  const oneOf = (name: string, values: readonly string[] | null | undefined) =>
    values?.length && out.push((param) => inJson(dialect, column(name), values, param));
  if (open('ids')) oneOf('id', filter.ids);
  const statuses = statusesOf(filter);
  if (open('status') && statuses.length < POSTBACK_STATUSES.length)
    out.push(() => `${column('status')} IN (${statuses.map((status) => `'${known(status)}'`).join(', ')})`);
  if (open('issue')) oneOf('issueId', filter.issue);
  if (open('network')) oneOf('accountId', filter.accountIds);
  if (open('cause')) oneOf('errorCode', filter.cause);
  if (open('campaign')) oneOf('networkCampaignId', filter.campaign);
  if (open('job') && filter.job !== undefined) out.push(inJob(filter.job));
  if (open('attempts')) out.push(...within(column('attempts'), filter.attempts));
  if (open('acknowledged') && filter.acknowledged !== undefined)
    out.push(() => `${column('acknowledgedAt')} IS ${filter.acknowledged ? 'NOT ' : ''}NULL`);
  if (open('httpStatus') && filter.httpStatus?.length)
    out.push(() => answered(column('httpStatus'), filter.httpStatus ?? []));
  out.push(...negations(dialect, filter, column), ...texts(dialect, filter, column));
  out.push(...within(column('revenueCents'), filter.amount));
  if (filter.amount?.currency !== undefined) out.push(inCurrency(filter.amount.currency));
  return out;
}

/** "Is not": what has no value is not any of them. Statuses are the list of the others already. */
function negations(dialect: Dialect, { not }: ResolvedFilter, column: (name: string) => string): Condition[] {
  const out: Condition[] = [];
  for (const [name, values] of [
    ['errorCode', not?.cause],
    ['networkCampaignId', not?.campaign],
  ] as const) {
    if (values?.length)
      out.push(
        (param) => `(${column(name)} IS NULL OR NOT (${inJson(dialect, column(name), values, param)}))`,
      );
  }
  const answers = not?.httpStatus;
  if (answers?.length)
    out.push(() => `(${column('httpStatus')} IS NULL OR NOT (${answered(column('httpStatus'), answers)}))`);
  return out;
}

function texts(dialect: Dialect, filter: ResolvedFilter, column: (name: string) => string): Condition[] {
  const out: Condition[] = [];
  const { code, codeBegins, externalId, externalIdBegins, causeBegins, campaignKnown, search } = filter;
  const affiliates = filter.affiliate;
  if (code?.length) out.push((param) => inJson(dialect, column('ref'), code, param));
  if (externalId?.length) out.push((param) => inJson(dialect, column('externalId'), externalId, param));
  for (const [name, text] of [
    ['ref', codeBegins],
    ['externalId', externalIdBegins],
    ['errorCode', causeBegins],
  ] as const)
    if (text) out.push((param) => beginsWith(dialect, column(name), text, param));
  if (campaignKnown !== undefined)
    out.push(() => `${column('networkCampaignId')} IS ${campaignKnown ? 'NOT ' : ''}NULL`);
  if (affiliates?.length)
    out.push(
      (param) =>
        `(SELECT count(*) FROM "Lead" l WHERE l."conversionId" = m."conversionId" AND ${inJson(dialect, 'l."affiliateId"', affiliates, param)}) > 0`,
    );
  if (search)
    out.push(
      (param) =>
        `(${beginsWith(dialect, column('externalId'), search.text, param)} OR ${beginsWith(dialect, column('ref'), search.text, param)} OR ${inJson(dialect, column('id'), [search.text, ...search.postbackIds], param)})`,
    );
  return out;
}

// counted rather than EXISTS: PostgreSQL would turn that into a join over all of them
const inJob =
  (job: string): Condition =>
  (param) =>
    `(SELECT count(*) FROM "BulkItem" b WHERE b."jobId" = ${param(job)} AND b."messageId" = m."id") > 0`;

/** A status is written into the text, so it must be one of ours. */
function known(status: MessageStatus): MessageStatus {
  if (!POSTBACK_STATUSES.includes(status)) throw new RangeError(`Not a status: ${status}`);
  return status;
}

/** The conversion's own currency: the message's may be that of the payout. */
const inCurrency =
  (currency: string): Condition =>
  (param) =>
    `COALESCE((SELECT c."currency" FROM "Conversion" c WHERE c."id" = m."conversionId"), m."currency") = ${param(currency)}`;

const whole = (n: number): number => {
  if (!Number.isSafeInteger(n)) throw new RangeError(`Not a whole number: ${n}`);
  return n;
};

function within(column: string, range: NumberRange | undefined): Condition[] {
  const { gte, lte } = range ?? {};
  return [
    ...(gte === undefined ? [] : [() => `${column} >= ${whole(gte)}`]),
    ...(lte === undefined ? [] : [() => `${column} <= ${whole(lte)}`]),
  ];
}

function answered(column: string, answers: readonly HttpMatch[]): string {
  const exact = answers.filter((one) => typeof one === 'number').map(whole);
  const hundreds = answers.filter((one) => typeof one === 'string').map((word) => Number(word[0]));
  const parts = [
    ...(exact.length > 0 ? [`${column} IN (${exact.join(', ')})`] : []),
    ...hundreds.map((n) => `${column} BETWEEN ${whole(n * 100)} AND ${whole(n * 100 + 99)}`),
  ];
  return `(${parts.join(' OR ')})`;
}
