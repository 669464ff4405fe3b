import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { columnList, type RowOf } from '#app/platform/db/dialect.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { CaptureInput } from './schema.ts';

export type NewCapture = CaptureInput & { accountId: string; source: 'api' | 'browser' };

export type SavedCapture =
  | { kind: 'created'; id: string }
  /** First touch wins: the code that was there stays (RG-03); what came is recorded. */
  | { kind: 'kept'; id: string; kept: string };

const CAPTURE = {
  id: 'text',
  accountId: 'text',
  ref: 'text',
  promo: 'text',
  url: 'text',
  visitorId: 'text',
  cookieValue: 'text',
  source: 'text',
  outcome: 'text',
  keptRef: 'text',
  capturedAt: 'time',
  createdAt: 'time',
} as const;

/** The cookie lasts 30 days (RG-02); so does a first touch known by visitor id. */
const FIRST_TOUCH_MS = 30 * 86_400_000;

async function firstTouches(
  conn: Conn,
  now: Date,
  captures: readonly NewCapture[],
): Promise<Map<string, string>> {
  const visitors = [
    ...new Set(captures.filter((c) => c.visitorId && !c.cookieValue).map((c) => c.visitorId)),
  ];
  if (visitors.length === 0) return new Map();
  const { dialect } = conn;
  const rows = await conn.query<{ accountId: string; visitorId: string; ref: string }>(
    `SELECT "accountId", "visitorId", "ref" FROM "Capture"
     WHERE ${dialect.inList('"visitorId"', 1)} AND "outcome" = 'kept' AND "createdAt" >= ${dialect.p(2)} ORDER BY "id" DESC`,
    JSON.stringify(visitors),
    dialect.time(now.getTime() - FIRST_TOUCH_MS),
  );
  // oldest last: it wins
  return new Map(rows.map((row) => [`${row.accountId} ${row.visitorId}`, row.ref]));
}

/** Writes captures in one statement; what was there first stays. Answers one result each, in order. */
export async function saveCaptures(ctx: Ctx, captures: readonly NewCapture[]): Promise<SavedCapture[]> {
  const now = nowOf(ctx);
  const touches = await firstTouches(ctx.store, now, captures);
  const results: SavedCapture[] = [];
  const rows: RowOf<typeof CAPTURE>[] = captures.map((capture) => {
    const key = `${capture.accountId} ${capture.visitorId ?? ''}`;
    const held = capture.cookieValue ?? (capture.visitorId ? touches.get(key) : undefined);
    const blocked = held !== undefined && held !== capture.ref;
    if (!blocked && capture.visitorId) touches.set(key, capture.ref);
    const id = ctx.newId('cap');
    results.push(blocked ? { kind: 'kept', id, kept: held } : { kind: 'created', id });
    return {
      id,
      accountId: capture.accountId,
      ref: capture.ref,
      promo: capture.promo ?? null,
      url: capture.url ?? null,
      visitorId: capture.visitorId ?? null,
      cookieValue: capture.cookieValue ?? null,
      source: capture.source,
      outcome: blocked ? 'overwrite_blocked' : 'kept',
      keptRef: blocked ? held : null,
      capturedAt: capture.capturedAt ? new Date(capture.capturedAt) : now,
      createdAt: now,
    };
  });
  const { dialect } = ctx.store;
  await ctx.store.execute(
    `INSERT INTO "Capture" (${columnList(CAPTURE)}) SELECT ${columnList(CAPTURE, 'r.')} FROM ${dialect.rows(CAPTURE, 1, 'r')}`,
    dialect.encode(CAPTURE, rows),
  );
  ctx.live.publish('captures');
  return results;
}
