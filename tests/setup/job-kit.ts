import { createJobRunner, type JobRunner } from '#app/modules/triage/index.server.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';

export const ANA: Actor = { type: 'user', id: 'usr_ana', name: 'Ana', role: 'ops', ip: '192.0.2.7' };
export const ACCOUNT = 'acc_regatta';

export interface Rows {
  n: number;
  status: string;
  /** First number of the ids: rows are in order of age by it. */
  from?: number;
  errorCode?: string | null;
  httpStatus?: number | null;
  /** An attempt may have reached the network. */
  maySent?: boolean;
  attempts?: number;
  issueId?: string | null;
  breakerId?: string | null;
  expectedCents?: number | null;
  externalId?: string;
}

export interface JobKit extends TestCtx {
  runner: JobRunner;
  /** Postbacks as delivery leaves them, written by one statement. */
  rows(made: Rows): Promise<void>;
  issue(id: string, errorCode: string): Promise<void>;
  breaker(id: string, issueId: string, state: 'open' | 'releasing'): Promise<void>;
  /** Ids that are due, oldest first. */
  due(): Promise<string[]>;
  /** Answers what is due as a network would: `answer` says the status each gets. */
  settle(
    answer: (id: string) => { status: string; errorCode?: string; httpStatus?: number },
  ): Promise<string[]>;
  /** Steps the jobs until nothing moves. */
  drain(): Promise<void>;
  count(where: string): Promise<number>;
}

export const idOf = (n: number): string => `pbk_${String(n).padStart(26, '0')}`;

/** A store with an account, rows at will, and a runner that only steps when told. */
export async function makeJobKit(): Promise<JobKit> {
  const t = await makeTestCtx();
  const { ctx } = t;
  const { store } = ctx;
  const { dialect } = store;
  const now = () => new Date(ctx.clock.now());
  await store.prisma.networkAccount.create({
    data: {
      id: ACCOUNT,
      name: 'regatta',
      connector: 'regatta',
      baseUrl: 'https://regatta.network/api/v1',
      credentials: 'x',
      credentialHints: '{}',
      origin: 'settings',
      createdAt: now(),
      updatedAt: now(),
    },
  });
  let next = 1;
  const kit: JobKit = {
    ...t,
    runner: createJobRunner(ctx),
    async rows(made) {
      const from = made.from ?? next;
      next = Math.max(next, from + made.n);
      await insertRows(t, { ...made, from });
    },
    async issue(id, errorCode) {
      const at = now();
      const common = { firstSeenAt: at, lastSeenAt: at, createdAt: at, updatedAt: at };
      await store.prisma.issue.create({
        data: { id, accountId: ACCOUNT, errorCode, message: '', messageKey: id, ...common },
      });
    },
    async breaker(id, issueId, state) {
      const at = now();
      await store.prisma.breaker.create({
        data: {
          id,
          accountId: ACCOUNT,
          scope: 'account',
          scopeKey: 'account',
          reason: 'bad_key',
          issueId,
          provenBy: 'any_answer',
          state,
          openedAt: at,
          trippedAt: at,
          updatedAt: at,
        },
      });
    },
    async due() {
      const rows = await store.query<{ id: string }>(
        `SELECT "id" FROM "OutboxMessage" WHERE "status" IN ('queued', 'retrying') ORDER BY "dueAt", "id"`,
      );
      return rows.map((row) => row.id);
    },
    async settle(answer) {
      const ids = await kit.due();
      const groups = new Map<string, { answer: ReturnType<typeof answer>; ids: string[] }>();
      for (const id of ids) {
        const given = answer(id);
        const key = JSON.stringify(given);
        const group = groups.get(key) ?? { answer: given, ids: [] };
        group.ids.push(id);
        groups.set(key, group);
      }
      for (const { answer: given, ids: some } of groups.values())
        await store.execute(
          `UPDATE "OutboxMessage" SET "status" = ${dialect.p(1)}, "errorCode" = ${dialect.p(2)}, "httpStatus" = ${dialect.p(3)},
             "attempts" = "attempts" + 1, "settledAt" = ${dialect.p(4)} WHERE ${dialect.inList('"id"', 5)}`,
          given.status,
          given.errorCode ?? null,
          given.httpStatus ?? null,
          dialect.time(now()),
          JSON.stringify(some),
        );
      return ids;
    },
    async drain() {
      while (await kit.runner.advanceAll());
    },
    async count(where) {
      const [row] = await store.query<{ n: number | bigint }>(
        `SELECT count(*) AS "n" FROM "OutboxMessage" WHERE ${where}`,
      );
      return Number(row?.n ?? 0);
    },
  };
  return kit;
}

async function insertRows({ ctx }: TestCtx, made: Rows & { from: number }): Promise<void> {
  const { store } = ctx;
  const sqlite = store.dialect.name === 'sqlite';
  const at = sqlite ? String(ctx.clock.now()) : `'${new Date(ctx.clock.now()).toISOString()}'::timestamp(3)`;
  const series = sqlite
    ? `(WITH RECURSIVE s(i) AS (SELECT ${made.from} UNION ALL SELECT i + 1 FROM s WHERE i < ${made.from + made.n - 1}) SELECT i FROM s)`
    : `(SELECT generate_series(${made.from}, ${made.from + made.n - 1}) AS i)`;
  const padded = sqlite ? "printf('%026d', i)" : "lpad(i::text, 26, '0')";
  const text = (value: string | null | undefined) =>
    value === null || value === undefined ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
  const money = made.expectedCents ?? null;
  await store.execute(
    `INSERT INTO "OutboxMessage" ("id", "kind", "accountId", "externalId", "ref", "payload", "status", "dueAt", "attempts",
       "firstMaySentAt", "httpStatus", "errorCode", "issueId", "breakerId", "expectedCents", "expectedCurrency", "createdAt", "updatedAt")
     SELECT 'pbk_' || ${padded}, 'postback', '${ACCOUNT}', ${made.externalId ? text(made.externalId) : `'order_' || i`}, 'M4TSbpS8', '{}',
       '${made.status}', ${at}, ${made.attempts ?? 1}, ${made.maySent ? at : 'NULL'}, ${made.httpStatus ?? 'NULL'}, ${text(made.errorCode)},
       ${text(made.issueId)}, ${text(made.breakerId)}, ${money ?? 'NULL'}, ${money === null ? 'NULL' : "'USD'"}, ${at}, ${at}
     FROM ${series} AS series`,
  );
}
