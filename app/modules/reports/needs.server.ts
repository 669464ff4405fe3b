import { ATTENTION_STATUSES } from '#app/modules/outbox/schema.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Needs } from './schema.ts';

/** Hours before a deadline from which a lead is said to be due. */
export const DUE_MS = 72 * 3_600_000;
const CAP = 1_001;

/** Refunds that a person must decide, as an SQL condition on `r`. */
export const OPEN_REFUND = `r."disposition" IN ('needs_review', 'manual')`;

/**
 * What waits for a person, for the numbers in the rail. Bounded: counts stop at 1,001, and due leads are found from
 * their open refunds, which are few, rather than from all leads.
 */
export async function readNeeds(ctx: Pick<Ctx, 'store' | 'clock'>): Promise<Needs> {
  const { store } = ctx;
  const { p } = store.dialect;
  const attention = ATTENTION_STATUSES.map((status) => `'${status}'`).join(', ');
  const now = nowOf(ctx).getTime();
  const [postbacks, leads, refunds] = await Promise.all([
    count(
      store.query(
        `SELECT count(*) AS "n" FROM (SELECT 1 FROM "OutboxMessage" WHERE "kind" = 'postback' AND "status" IN (${attention}) LIMIT ${CAP}) t`,
      ),
    ),
    count(
      store.query(
        `SELECT count(*) AS "n" FROM (SELECT DISTINCT l."id" FROM "Refund" r JOIN "Lead" l ON l."id" = r."leadId"
         WHERE ${OPEN_REFUND} AND l."holdState" = 'pending_release' AND l."disputeMessageId" IS NULL
           AND l."disputeBy" > ${p(1)} AND l."disputeBy" <= ${p(2)} LIMIT ${CAP}) t`,
        store.dialect.time(now),
        store.dialect.time(now + DUE_MS),
      ),
    ),
    count(
      store.query(
        `SELECT count(*) AS "n" FROM (SELECT 1 FROM "Refund" r WHERE ${OPEN_REFUND} LIMIT ${CAP}) t`,
      ),
    ),
  ]);
  return { postbacks, leads, refunds };
}

const count = async (rows: Promise<{ n: number | bigint }[]>): Promise<number> =>
  Number((await rows)[0]?.n ?? 0);
