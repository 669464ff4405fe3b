import type { Ctx } from '#app/platform/context.server.ts';
import { type EndpointRow, NO_ACCOUNT, needEndpoint, secretsOf } from './endpoint-rows.server.ts';
import type { EndpointView } from './endpoint-schema.ts';
import { readMapping } from './interpret-event.ts';
import type { SourceId } from './schema.ts';
import { secretHint } from './secrets.ts';

type Read = Pick<Ctx, 'store' | 'clock' | 'vault'>;

const WEEK_MS = 7 * 86_400_000;
/** Where counting ends. */
const COUNTED = 1_001;

/** All endpoints, by source and name. Never a secret. */
export async function listEndpoints(ctx: Read): Promise<EndpointView[]> {
  const rows = await ctx.store.prisma.webhookEndpoint.findMany({
    orderBy: [{ source: 'asc' }, { name: 'asc' }],
  });
  return Promise.all(rows.map((row) => viewOf(ctx, row)));
}

/** One endpoint. Throws NOT_FOUND. */
export const getEndpoint = async (ctx: Read, id: string): Promise<EndpointView> =>
  viewOf(ctx, await needEndpoint(ctx.store, id));

async function viewOf(ctx: Read, row: EndpointRow): Promise<EndpointView> {
  const { prisma } = ctx.store;
  const account = await prisma.networkAccount.findUnique({
    where: { id: row.accountId },
    select: { name: true },
  });
  const last = await prisma.webhookEvent.findFirst({
    where: { endpointId: row.id, state: { not: 'refused' } },
    orderBy: { id: 'desc' },
    select: { lastSeenAt: true },
  });
  const source = row.source as SourceId;
  return {
    id: row.id,
    source,
    name: row.name,
    path: `/webhooks/${row.source}/${row.name}`,
    accountId: row.accountId === NO_ACCOUNT ? null : row.accountId,
    network: account?.name ?? null,
    enabled: row.enabled,
    origin: row.origin,
    mapping: readMapping(source, row.mapping),
    secrets: secretsOf(ctx, row)
      .filter(({ endsAt }) => endsAt === null || Date.parse(endsAt) > ctx.clock.now())
      .map(({ secret, addedAt, endsAt }) => ({ hint: secretHint(secret), addedAt, endsAt })),
    lastEventAt: last?.lastSeenAt.toISOString() ?? null,
    troubled: await countTroubled(ctx, row.id),
    createdAt: row.createdAt.toISOString(),
  };
}

/** Failed and refused events of the last week, up to 1,001: the newest are looked at, not all there ever were. */
async function countTroubled(ctx: Read, endpointId: string): Promise<number> {
  const { store } = ctx;
  const newest = (state: 'failed' | 'refused', n: number) =>
    `SELECT * FROM (SELECT "receivedAt" FROM "WebhookEvent" WHERE "endpointId" = ${store.dialect.p(n)} AND "state" = '${state}' ORDER BY "id" DESC LIMIT ${COUNTED}) ${state}`;
  const [row] = await store.query<{ n: number | bigint }>(
    `SELECT count(*) AS "n" FROM (${newest('failed', 1)} UNION ALL ${newest('refused', 2)}) t WHERE "receivedAt" >= ${store.dialect.p(3)}`,
    endpointId,
    endpointId,
    store.dialect.time(ctx.clock.now() - WEEK_MS),
  );
  return Math.min(COUNTED, Number(row?.n ?? 0));
}
