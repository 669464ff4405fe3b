import { type Ctx, nowOf } from '#app/platform/context.server.ts';

/** A list is read in parts, each of which renews the lease; no part takes as long as this. */
export const LEASE_MS = 180_000;
/** Once a mail is handed over nothing can be renewed until the mail server has answered. */
export const MAIL_LEASE_MS = 900_000;
const RENEW_MS = 30_000;

/** A run that this worker holds. `attempts` is the number of this attempt: nobody else can have the same. */
export interface LeasedRun {
  id: string;
  exportId: string;
  name: string;
  list: string;
  cause: string;
  dueAt: Date;
  missed: number;
  attempts: number;
  createdAt: Date;
}

/** Thrown where another worker has taken the run up meanwhile: this one must not send it. */
export class LeaseLost extends Error {}

/** Takes the lease of one run that is due, or that a dead worker left; null where there is none. */
export async function claimRun(ctx: Ctx): Promise<LeasedRun | null> {
  const { dialect } = ctx.store;
  const { p, time } = dialect;
  const now = nowOf(ctx).getTime();
  const skip = dialect.name === 'postgres' ? ' FOR UPDATE SKIP LOCKED' : '';
  const take = async (condition: string) => {
    const [row] = await ctx.store.query<LeasedRun>(
      `UPDATE "ExportRun" SET "status" = 'sending', "attempts" = "attempts" + 1, "leaseUntil" = ${p(1)}
       WHERE "id" IN (SELECT "id" FROM "ExportRun" WHERE ${condition} <= ${p(2)} ORDER BY "tryAt", "id" LIMIT 1${skip})
       RETURNING "id", "exportId", "name", "list", "cause", "dueAt", "missed", "attempts", "createdAt"`,
      time(now + LEASE_MS),
      time(now),
    );
    return row ? { ...row, attempts: Number(row.attempts), missed: Number(row.missed) } : null;
  };
  return (
    (await take(`"status" = 'queued' AND "tryAt"`)) ?? (await take(`"status" = 'sending' AND "leaseUntil"`))
  );
}

/** Holds a lease while a run is under way. */
export interface Holding {
  /** Renews it where it is time to. Throws LeaseLost. */
  keep(): Promise<void>;
  /** Renews it for as long as a mail may take. Throws LeaseLost. */
  keepForMail(): Promise<void>;
}

export function holdRun(ctx: Ctx, run: Pick<LeasedRun, 'id' | 'attempts'>): Holding {
  let renewedAt = ctx.clock.now();
  const renew = async (ms: number): Promise<void> => {
    renewedAt = ctx.clock.now();
    const { count } = await ctx.store.prisma.exportRun.updateMany({
      where: { id: run.id, status: 'sending', attempts: run.attempts },
      data: { leaseUntil: new Date(renewedAt + ms) },
    });
    if (count === 0) throw new LeaseLost();
  };
  return {
    keep: async () => {
      if (ctx.clock.now() - renewedAt >= RENEW_MS) await renew(LEASE_MS);
    },
    keepForMail: () => renew(MAIL_LEASE_MS),
  };
}
