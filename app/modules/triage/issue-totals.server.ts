import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { inProportion, remember } from '#app/platform/remember.server.ts';
import type { HeldCounts, HeldMoney, IssueFilter, IssueTotals } from './issue-schema.ts';
import { issueConditions } from './issue-sql.server.ts';
import { FAILING_STATUSES, ISSUE_STATES, type IssueState } from './schema.ts';
import type { UnreadStatus } from './unread-schema.ts';
import { byUnread, unreadSql } from './unread-sql.server.ts';

type Context = Pick<Ctx, 'store'>;

/** What an issue holds up now. */
export interface Held {
  counts: HeldCounts;
  held: number;
  unpaid: HeldMoney[];
  unpaidUnknown: number;
}

/** Counts of issues stop here: shown as "1,000+". */
const ISSUE_COUNT_CAP = 1_001;

export const NOTHING_HELD: Held = {
  counts: { failed: 0, exhausted: 0, parked: 0, unread: 0 },
  held: 0,
  unpaid: [],
  unpaidUnknown: 0,
};

const HELD = `('${FAILING_STATUSES.join("', '")}')`;
const SUMS = `m."issueId", m."status", m."expectedCurrency", count(*) AS "n", sum(m."expectedCents") AS "minor", count(m."expectedCents") AS "known"`;
const GROUPS = `GROUP BY m."issueId", m."status", m."expectedCurrency"`;

interface Sum {
  issueId: string;
  status: Exclude<keyof HeldCounts, 'unread'> | UnreadStatus;
  expectedCurrency: string | null;
  n: number | bigint;
  /** PostgreSQL sums bigint as numeric, which arrives as its own type of number. */
  minor: unknown;
  known: number | bigint;
}

/** What these issues hold up, in one statement, from two indexes alone (OutboxMessage_issueMoney_idx and _unread_idx). */
export async function heldByIssues(ctx: Context, ids: readonly string[]): Promise<Map<string, Held>> {
  if (ids.length === 0) return new Map();
  const key = JSON.stringify([...ids].sort());
  const { dialect } = ctx.store;
  return remember(ctx.store, `held by ${key}`, inProportion, async () =>
    gathered(
      await ctx.store.query<Sum>(
        `SELECT ${SUMS} FROM "OutboxMessage" m WHERE ${dialect.inList('m."issueId"', 1)} AND m."status" IN ${HELD} ${GROUPS}
         UNION ALL
         SELECT ${SUMS} FROM "OutboxMessage" m${byUnread(dialect)} WHERE ${dialect.inList('m."issueId"', 2)} AND ${unreadSql('m.')} ${GROUPS}`,
        key,
        key,
      ),
    ),
  );
}

/** What the issues in a state hold up, by issue: those that hold up nothing are left out. */
export async function heldInState(ctx: Context, state: IssueState): Promise<Map<string, Held>> {
  return remember(ctx.store, `held in ${state}`, inProportion, async () =>
    gathered(
      // CROSS JOIN keeps SQLite at this order: few issues first, then their rows in the index
      await ctx.store.query<Sum>(
        `SELECT ${SUMS} FROM "Issue" i CROSS JOIN "OutboxMessage" m
         WHERE i."state" = '${known(state)}' AND m."issueId" = i."id" AND m."status" IN ${HELD} ${GROUPS}
         UNION ALL
         SELECT ${SUMS} FROM "Issue" i CROSS JOIN "OutboxMessage" m${byUnread(ctx.store.dialect)}
         WHERE i."state" = '${known(state)}' AND m."issueId" = i."id" AND ${unreadSql('m.')} ${GROUPS}`,
      ),
    ),
  );
}

function gathered(sums: readonly Sum[]): Map<string, Held> {
  const out = new Map<string, Held>();
  for (const { issueId, status, expectedCurrency, n, minor, known: priced } of sums) {
    const held = out.get(issueId) ?? { ...NOTHING_HELD, counts: { ...NOTHING_HELD.counts }, unpaid: [] };
    out.set(issueId, held);
    held.counts[status === 'delivered' || status === 'duplicate' ? 'unread' : status] += Number(n);
    held.held += Number(n);
    held.unpaidUnknown += Number(n) - Number(priced);
    if (expectedCurrency !== null && Number(priced) > 0)
      addMoney(held.unpaid, expectedCurrency, Number(minor));
  }
  for (const held of out.values()) held.unpaid.sort((a, b) => b.minor - a.minor);
  return out;
}

/** Adds to a list of sums, one a currency. What is 0 is not held up. */
function addMoney(sums: HeldMoney[], currency: string, minor: number): void {
  if (minor === 0) return;
  const sum = sums.find((other) => other.currency === currency);
  if (sum) sum.minor += minor;
  else sums.push({ currency, minor });
}

/**
 * How many issues are open, counted up to 1,001: the number in the rail, which is the number on the tab of the list.
 * One that holds nothing up yet (a pause, a budget that is used up) counts too: somebody has to end it.
 */
export function countOpenIssues(ctx: Context): Promise<number> {
  return remember(ctx.store, 'open issues', inProportion, () => countIssues(ctx.store, { state: ['open'] }));
}

/**
 * Issues by state (each counted up to 1,001, narrowed by the filter, whose own state does not count here), and what
 * all open and acknowledged ones together hold up.
 */
export async function issueTotals(ctx: Context, filter: IssueFilter = {}): Promise<IssueTotals> {
  const states = { open: 0, acknowledged: 0, resolved: 0, ignored: 0 };
  for (const state of ISSUE_STATES)
    states[state] = await countIssues(ctx.store, { ...filter, state: [state] });
  const unpaid: HeldMoney[] = [];
  let [held, unpaidUnknown] = [0, 0];
  for (const state of ['open', 'acknowledged'] as const) {
    for (const one of (await heldInState(ctx, state)).values()) {
      held += one.held;
      unpaidUnknown += one.unpaidUnknown;
      for (const { currency, minor } of one.unpaid) addMoney(unpaid, currency, minor);
    }
  }
  unpaid.sort((a, b) => b.minor - a.minor);
  return { states, held, unpaid, unpaidUnknown };
}

/** How many issues match, counted up to 1,001. */
export async function countIssues(conn: Conn, filter: IssueFilter): Promise<number> {
  const { text, args } = issueConditions(conn.dialect, filter);
  const [row] = await conn.query<{ n: number | bigint }>(
    `SELECT count(*) AS "n" FROM (SELECT 1 FROM "Issue" i WHERE ${text} LIMIT ${ISSUE_COUNT_CAP}) AS t`,
    ...args,
  );
  return Number(row?.n ?? 0);
}

/** A state is written into the text, so it must be one of ours. */
function known(state: IssueState): IssueState {
  if (!ISSUE_STATES.includes(state)) throw new RangeError(`Not a state: ${state}`);
  return state;
}
