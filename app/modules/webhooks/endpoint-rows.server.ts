import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { SOURCES, type SourceId } from './schema.ts';
import type { SigningSecret } from './secrets.ts';
import type { EventHead } from './sources/types.ts';

export type EndpointRow = NonNullable<Awaited<ReturnType<Conn['prisma']['webhookEndpoint']['findUnique']>>>;
export type EventRow = NonNullable<Awaited<ReturnType<Conn['prisma']['webhookEvent']['findUnique']>>>;

/** `accountId` of an endpoint made from the environment before there was any account. */
export const NO_ACCOUNT = '';

export const isSource = (text: string): text is SourceId => (SOURCES as readonly string[]).includes(text);

/** The endpoint of a path /webhooks/<source>/<name>, or null. */
export async function findEndpoint(conn: Conn, source: string, name: string): Promise<EndpointRow | null> {
  if (!isSource(source)) return null;
  return conn.prisma.webhookEndpoint.findUnique({ where: { source_name: { source, name } } });
}

/** Throws NOT_FOUND. */
export async function needEndpoint(conn: Conn, id: string): Promise<EndpointRow> {
  const row = await conn.prisma.webhookEndpoint.findUnique({ where: { id } });
  if (!row) throw new AppError('NOT_FOUND', `There is no webhook endpoint with the id ${id}.`);
  return row;
}

/** The columns that say what an event is. */
export const headColumns = (head: EventHead) => ({
  eventId: head.eventId,
  type: head.type,
  subjectId: head.subjectId !== null && head.subjectId.length <= 255 ? head.subjectId : null,
  testMode: head.testMode,
  occurredAt: head.occurredAt ? new Date(head.occurredAt) : null,
});

export const secretsOf = (ctx: Pick<Ctx, 'vault'>, row: Pick<EndpointRow, 'secrets'>): SigningSecret[] =>
  JSON.parse(ctx.vault.open(row.secrets)) as SigningSecret[];
