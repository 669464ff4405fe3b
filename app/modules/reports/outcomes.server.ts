import type { Ctx } from '#app/platform/context.server.ts';
import { inTurn } from './in-turn.server.ts';
import { remember } from './remember.server.ts';
import type { OutcomeStep } from './schema.ts';

type Context = Pick<Ctx, 'store'>;
const DAY_MS = 86_400_000;
/** Steps older than a day change only when somebody retries: they may be a minute old, the newer ones some seconds. */
const OLD_MS = 60_000;
const FRESH_MS = 2_500;

const sum = (condition: string) => `COALESCE(sum(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0)`;
const is = (...statuses: string[]) => `"status" IN (${statuses.map((status) => `'${status}'`).join(', ')})`;

/** Numbers of one step, all answered from the index (kind, createdAt, status, attempts) without reading a row. */
const COLUMNS = {
  delivered: is('delivered'),
  duplicate: is('duplicate'),
  test: is('test'),
  waiting: is('queued', 'sending'),
  retrying: is('retrying'),
  parked: is('parked'),
  failed: is('failed', 'exhausted'),
  canceled: is('canceled'),
  firstTried: `"attempts" > 1 AND "status" <> 'test' OR "attempts" = 1 AND "status" NOT IN ('sending', 'queued', 'test')`,
  firstAccepted: `"attempts" = 1 AND ${is('delivered', 'duplicate')}`,
} as const;
type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as Column[];
const SELECT = NAMES.map((name) => `${sum(COLUMNS[name])} AS "${name}"`).join(', ');

/** Postbacks made between two moments (ms since 1970), by what has become of them since. */
export async function readOutcomeStep(ctx: Context, from: number, to: number): Promise<OutcomeStep> {
  const { dialect } = ctx.store;
  const [row] = await ctx.store.query<Record<Column, number | bigint>>(
    `SELECT ${SELECT} FROM "OutboxMessage" WHERE "kind" = 'postback' AND "createdAt" >= ${dialect.p(1)} AND "createdAt" < ${dialect.p(2)}`,
    dialect.time(from),
    dialect.time(to),
  );
  const numbers = Object.fromEntries(NAMES.map((name) => [name, Number(row?.[name] ?? 0)])) as Record<
    Column,
    number
  >;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), ...numbers };
}

/**
 * The steps between `edges` (ms, ascending). One short statement each, in turn with
 * intake and delivery; each is remembered for as long as its age allows.
 */
export function readOutcomes(ctx: Context, edges: readonly number[], now: number): Promise<OutcomeStep[]> {
  const reads = edges.slice(0, -1).map((from, i) => () => {
    const to = edges[i + 1] as number;
    const forMs = to < now - DAY_MS ? OLD_MS : FRESH_MS;
    return remember(ctx.store, `step ${from} ${to}`, forMs, () => readOutcomeStep(ctx, from, to));
  });
  return inTurn(ctx.store, reads);
}
