import { countApprovals, readFourEyes } from '#app/modules/disputes/index.server.ts';
import { countOpenIssues } from '#app/modules/triage/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Store } from '#app/platform/db/store.server.ts';
import { inTurn } from './in-turn.server.ts';
import { remember } from './remember.server.ts';
import type { Needs } from './schema.ts';

/** Hours before a deadline from which a lead is said to be due. */
export const DUE_MS = 72 * 3_600_000;
const CAP = 1_001;

/** Refunds that a person must decide, as an SQL condition on `r`. */
const TO_REVIEW = `r."disposition" IN ('needs_review', 'manual')`;
/** Refunds whose money is not back yet: a dispute that is still on its way counts, for it may not get through. */
export const UNSETTLED = `r."disposition" IN ('needs_review', 'manual', 'disputing')`;

/** One notice makes every open page ask: those that ask within this time share the answer. */
const SHARED_MS = 50;

/**
 * What waits for a person, for the numbers in the rail. Bounded: counts stop at 1,001, and due leads are found from
 * their open refunds, which are few, rather than from all leads.
 */
export function readNeeds(ctx: Pick<Ctx, 'store' | 'clock'>): Promise<Needs> {
  return remember(ctx.store, 'needs', SHARED_MS, () => countNeeds(ctx));
}

async function countNeeds(ctx: Pick<Ctx, 'store' | 'clock'>): Promise<Needs> {
  const { store } = ctx;
  const { p, time } = store.dialect;
  const now = nowOf(ctx).getTime();
  const due = `SELECT DISTINCT l."id" FROM "Refund" r JOIN "Lead" l ON l."id" = r."leadId"
     WHERE ${UNSETTLED} AND l."holdState" = 'pending_release' AND l."disputeBy" > ${p(1)} AND l."disputeBy" <= ${p(2)} LIMIT ${CAP}`;
  const open = `SELECT 1 FROM "Refund" r WHERE ${TO_REVIEW} LIMIT ${CAP}`;
  const [issues = 0, leads = 0, refunds = 0] = await inTurn(store, [
    () => countOpenIssues(ctx),
    () => count(store, due, time(now), time(now + DUE_MS)),
    () => count(store, open),
  ]);
  const [{ pending }, { enabled }] = await Promise.all([countApprovals(ctx), readFourEyes(ctx)]);
  return { issues, leads, refunds, approvals: enabled || pending > 0 ? pending : null };
}

async function count(store: Store, rows: string, ...args: unknown[]): Promise<number> {
  const [row] = await store.query<{ n: number | bigint }>(`SELECT count(*) AS "n" FROM (${rows}) t`, ...args);
  return Number(row?.n ?? 0);
}
