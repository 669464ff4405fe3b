import type { Dialect } from '#app/platform/db/dialect.server.ts';
import { type Condition, inJson, type ResolvedFilter, statusesOf } from './postback-conditions.server.ts';
import { ATTENTION_STATUSES, type MessageStatus, POSTBACK_STATUSES } from './schema.ts';

/** Parts of a filter that a walk's index knows by itself. */
export type Covered =
  | 'kind'
  | 'ids'
  | 'job'
  | 'issue'
  | 'cause'
  | 'status'
  | 'campaign'
  | 'httpStatus'
  | 'attempts'
  | 'acknowledged'
  | 'network';

/** What to walk: one branch for each run of an index in which rows stand in the order of their ids. */
export interface WalkPlan {
  from: string;
  /** The same without what only rows tell. */
  indexOnly: string;
  /** The column that orders the walk. */
  id: string;
  branches: Condition[];
  /** What joins the tables of `from`. */
  join: Condition[];
  covers: ReadonlySet<Covered>;
  /** The walk is short whatever the store holds. */
  short: boolean;
}

const filled = <T>(values: readonly T[] | null | undefined): values is readonly T[] =>
  values != null && values.length > 0;

const OWN = {
  from: '"OutboxMessage" m',
  indexOnly: '"OutboxMessage" m',
  id: 'm."id"',
  join: [],
  short: false,
};
/** Branches of one statement; with more than these the values are checked row by row. SQLite takes 500. */
const MOST_BRANCHES = 200;
const plan = (branches: Condition[], ...covers: Covered[]): WalkPlan => ({
  ...OWN,
  branches,
  covers: new Set(covers),
});

type Choice = (filter: ResolvedFilter, dialect: Dialect) => WalkPlan | null;

const fits = (values: readonly unknown[], each: number) => values.length * each <= MOST_BRANCHES;

/** One branch for each value and status, on an index of that column, the status and the id. */
const byStatusWithin = (column: string, values: readonly string[], filter: ResolvedFilter): Condition[] =>
  values.flatMap((value) =>
    statusesOf(filter).map(
      (status): Condition =>
        (param) =>
          `${column} = ${param(value)} AND ${is(status)}`,
    ),
  );

const byStatus = (filter: ResolvedFilter, rest: string): Condition[] =>
  statusesOf(filter).map(
    (status): Condition =>
      () =>
        `${is(status)} AND ${rest}`,
  );

const byId: Choice = ({ ids }, dialect) =>
  ids && { ...plan([(param) => inJson(dialect, 'm."id"', ids, param)], 'ids'), short: true };

const byJob: Choice = ({ job }, dialect) => (job === undefined ? null : jobPlan(job, dialect));

const byIssue: Choice = (filter) =>
  filled(filter.issue) && fits(filter.issue, statusesOf(filter).length)
    ? plan(byStatusWithin('m."issueId"', filter.issue, filter), 'issue', 'status')
    : null;

const byCause: Choice = ({ cause }) =>
  filled(cause) && fits(cause, 1)
    ? plan(
        cause.map(
          (code): Condition =>
            (param) =>
              `m."errorCode" = ${param(code)}`,
        ),
        'cause',
      )
    : null;

const byCampaign: Choice = (filter) =>
  filled(filter.campaign) && fits(filter.campaign, statusesOf(filter).length)
    ? plan(byStatusWithin('m."networkCampaignId"', filter.campaign, filter), 'campaign', 'status')
    : null;

/** 201 is the answer to nearly everything, so the index leaves it out. */
const byAnswer: Choice = ({ httpStatus }) => {
  const exact = httpStatus?.filter((one) => typeof one === 'number');
  if (!filled(exact) || exact.length !== httpStatus?.length || exact.includes(201) || !fits(exact, 1))
    return null;
  return plan(
    exact.map(
      (one): Condition =>
        () =>
          `m."httpStatus" = ${Math.trunc(one)} AND m."httpStatus" <> 201`,
    ),
    'httpStatus',
  );
};

const byAttempts: Choice = ({ attemptCounts }) =>
  attemptCounts && fits(attemptCounts, 1)
    ? plan(
        attemptCounts.map(
          (n): Condition =>
            () =>
              `m."attempts" = ${Math.trunc(n)} AND m."attempts" > 1`,
        ),
        'attempts',
      )
    : null;

/** Walks OutboxMessage_acknowledged_idx and OutboxMessage_attention_idx. */
const byAcknowledged: Choice = (filter, { name }) => {
  const rest = `m."acknowledgedAt" IS ${filter.acknowledged ? 'NOT NULL' : 'NULL'}`;
  if (filter.acknowledged === true) return plan(byStatus(filter, rest), 'status', 'acknowledged');
  const failing = statusesOf(filter).every((status) => ATTENTION_STATUSES.includes(status));
  if (filter.acknowledged !== false || !failing) return null;
  // SQLite knows a partial index by its words; PostgreSQL draws the conclusion and is only misled by them
  const words = name === 'sqlite' ? ` AND m."status" IN ('failed', 'exhausted', 'parked')` : '';
  return plan(byStatus(filter, rest + words), 'status', 'acknowledged');
};

/** Only where what is delivered is wanted too: else the statuses tell more. */
const byNetwork: Choice = (filter) =>
  filter.accountIds && statusesOf(filter).includes('delivered') && fits(filter.accountIds, 1)
    ? plan(
        filter.accountIds.map(
          (id): Condition =>
            (param) =>
              `m."accountId" = ${param(id)}`,
        ),
        'network',
      )
    : null;

const byKind: Choice = (filter) => {
  const kind = `m."kind" = '${filter.kind === 'dispute' ? 'dispute' : 'postback'}'`;
  const all = statusesOf(filter).length === POSTBACK_STATUSES.length;
  return plan(all ? [() => kind] : byStatus(filter, kind), 'kind', 'status');
};

const CHOICES = [
  byId,
  byJob,
  byIssue,
  byCause,
  byCampaign,
  byAnswer,
  byAttempts,
  byAcknowledged,
  byNetwork,
  byKind,
];

/**
 * Chooses the index by the most telling condition, rarest first. SQLite has no statistics here, so the choice is made
 * for it; partial indexes are named by repeating their condition word for word. No branches: nothing can match.
 */
export function planOf(dialect: Dialect, filter: ResolvedFilter): WalkPlan {
  const { ids, accountIds } = filter;
  if (accountIds?.length === 0 || ids?.length === 0 || statusesOf(filter).length === 0) return plan([]);
  for (const choice of CHOICES) {
    const chosen = choice(filter, dialect);
    if (chosen) return chosen;
  }
  return plan([]);
}

/** A job's rows stand in the order of the messages' ids: they are walked first, and each message looked up. */
const jobPlan = (job: string, { name }: Dialect): WalkPlan => ({
  from:
    name === 'sqlite'
      ? '"BulkItem" b CROSS JOIN "OutboxMessage" m'
      : '"BulkItem" b CROSS JOIN LATERAL (SELECT * FROM "OutboxMessage" o WHERE o."id" = b."messageId" OFFSET 0) m',
  indexOnly: '"BulkItem" b',
  id: 'b."messageId"',
  branches: [(param) => `b."jobId" = ${param(job)}`],
  join: name === 'sqlite' ? [() => 'm."id" = b."messageId"'] : [],
  covers: new Set(['job']),
  short: false,
});

/** A status is written into the text, so it must be one of ours. */
function is(status: MessageStatus): string {
  if (!POSTBACK_STATUSES.includes(status)) throw new RangeError(`Not a status: ${status}`);
  return `m."status" = '${status}'`;
}
