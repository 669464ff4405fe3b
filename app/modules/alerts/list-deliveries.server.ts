import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { channelKind } from './rows.server.ts';
import type { AlertBody, DeliveryStatus, Transition } from './schema.ts';
import type { DeliveryDetail, DeliveryView } from './view-schema.ts';

type Read = Pick<Ctx, 'store'>;
type Row = NonNullable<Awaited<ReturnType<Ctx['store']['prisma']['alertDelivery']['findUnique']>>>;

/** Rows of a page where the caller does not say, and the most there can be. */
const LIMIT = 50;
const LIMIT_MAX = 1_000;

/** The log, newest first, 50 or as many as `limit` says (1–1,000). `before` and `after` are ids that the page stands beyond. */
export async function listDeliveries(
  ctx: Read,
  input: {
    status?: DeliveryStatus | undefined;
    limit?: number | undefined;
    before?: string | undefined;
    after?: string | undefined;
  },
): Promise<{ items: DeliveryView[]; next: string | null; prev: string | null }> {
  const { status, before, after } = input;
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? LIMIT), 1), LIMIT_MAX);
  const back = after !== undefined;
  const rows = await ctx.store.prisma.alertDelivery.findMany({
    where: {
      ...(status ? { status } : {}),
      ...(back ? { id: { gt: after } } : before ? { id: { lt: before } } : {}),
    },
    orderBy: { id: back ? 'asc' : 'desc' },
    take: limit + 1,
  });
  const more = rows.length > limit;
  const page = rows.slice(0, limit);
  if (back) page.reverse();
  const items = await viewsOf(ctx, page);
  return {
    items,
    next: more || back ? (items.at(-1)?.id ?? null) : null,
    prev: (back ? more : before !== undefined) ? (items[0]?.id ?? null) : null,
  };
}

/** One delivery with what it tells. Throws NOT_FOUND. */
export async function getDelivery(ctx: Read, id: string): Promise<DeliveryDetail> {
  const row = await ctx.store.prisma.alertDelivery.findUnique({ where: { id } });
  const [view] = row ? await viewsOf(ctx, [row]) : [];
  if (!row || !view) throw new AppError('NOT_FOUND', 'There is no such delivery in the log.');
  const { alerts, more } = JSON.parse(row.body) as AlertBody;
  return { ...view, alerts, more };
}

async function viewsOf(ctx: Read, rows: readonly Row[]): Promise<DeliveryView[]> {
  const { prisma } = ctx.store;
  const channels = await prisma.alertChannel.findMany({
    where: { id: { in: [...new Set(rows.map(({ channelId }) => channelId))] } },
    select: { id: true, name: true, kind: true },
  });
  return rows.map((row) => {
    const channel = channels.find(({ id }) => id === row.channelId);
    const body = JSON.parse(row.body) as AlertBody;
    return {
      id: row.id,
      status: row.status as DeliveryStatus,
      transition: row.transition as Transition,
      title: row.title,
      kind: body.kind,
      ruleName: body.kind === 'digest' || row.transition === 'test' ? null : (body.alerts[0]?.rule ?? null),
      channel: channel ? { ...channel, kind: channelKind.parse(channel.kind) } : null,
      attempts: row.attempts,
      dueAt: row.dueAt.toISOString(),
      responseStatus: row.responseStatus,
      lastError: row.lastError,
      createdAt: row.createdAt.toISOString(),
      sentAt: row.sentAt?.toISOString() ?? null,
    };
  });
}
