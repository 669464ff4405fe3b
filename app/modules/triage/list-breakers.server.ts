import type { Ctx } from '#app/platform/context.server.ts';
import type { BreakerView } from './breaker-schema.ts';

type Row = Omit<BreakerView, 'parked' | 'probes' | 'nextProbeAt' | 'openedAt' | 'closedAt'> & {
  parked: number | bigint;
  probes: number | bigint;
  nextProbeAt: Date | null;
  openedAt: Date;
  closedAt: Date | null;
};

/** Parked postbacks are counted up to this. */
const COUNT_CAP = 1_001;
/** Breakers read at once. */
const MAX = 200;

const viewOf = ({ parked, probes, nextProbeAt, openedAt, closedAt, ...row }: Row): BreakerView => ({
  ...row,
  parked: Number(parked),
  probes: Number(probes),
  nextProbeAt: nextProbeAt?.toISOString() ?? null,
  openedAt: openedAt.toISOString(),
  closedAt: closedAt?.toISOString() ?? null,
});

async function read(ctx: Pick<Ctx, 'store'>, where: string, args: unknown[]): Promise<BreakerView[]> {
  const rows = await ctx.store.query<Row>(
    `SELECT b."id", b."accountId", COALESCE(a."name", b."accountId") AS "network", b."scope", b."networkCampaignId",
       c."name" AS "campaignName", b."reason", b."state", b."issueId", b."probes", b."probeMessageId", b."nextProbeAt",
       b."openedBy", b."note", b."openedAt", b."closedAt",
       (SELECT count(*) FROM (SELECT 1 FROM "OutboxMessage" m WHERE m."breakerId" = b."id" AND m."status" = 'parked' LIMIT ${COUNT_CAP}) t) AS "parked"
     FROM "Breaker" b LEFT JOIN "NetworkAccount" a ON a."id" = b."accountId"
       LEFT JOIN "Campaign" c ON c."accountId" = b."accountId" AND c."networkCampaignId" = b."networkCampaignId"
     WHERE ${where} ORDER BY b."id" DESC LIMIT ${MAX}`,
    ...args,
  );
  return rows.map(viewOf);
}

const NOT_CLOSED = `b."state" IN ('open', 'releasing')`;

/** Breakers, newest first, at most 200. `open`: only those that hold something back, or are releasing it. */
export function listBreakers(
  ctx: Pick<Ctx, 'store'>,
  input: { open?: boolean; accountId?: string | undefined; networkCampaignId?: string | undefined } = {},
): Promise<BreakerView[]> {
  const { p } = ctx.store.dialect;
  const where = [input.open === false ? 'true' : NOT_CLOSED];
  const args: string[] = [];
  for (const name of ['accountId', 'networkCampaignId'] as const) {
    const value = input[name];
    if (value !== undefined) where.push(`b."${name}" = ${p(args.push(value))}`);
  }
  return read(ctx, where.join(' AND '), args);
}

/** One breaker, or null. */
export async function getBreaker(ctx: Pick<Ctx, 'store'>, id: string): Promise<BreakerView | null> {
  const [found] = await read(ctx, `b."id" = ${ctx.store.dialect.p(1)}`, [id]);
  return found ?? null;
}

/** What holds back postbacks under issues, by issue id; of several, the one that opened first. */
export async function breakersOfIssues(
  ctx: Pick<Ctx, 'store'>,
  issueIds: readonly string[],
): Promise<Map<string, BreakerView>> {
  if (issueIds.length === 0) return new Map();
  const found = await read(ctx, `${NOT_CLOSED} AND ${ctx.store.dialect.inList('b."issueId"', 1)}`, [
    JSON.stringify(issueIds),
  ]);
  // newest first: the oldest is written last
  return new Map(found.map((breaker) => [breaker.issueId, breaker]));
}
