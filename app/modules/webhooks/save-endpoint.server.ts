import type { z } from 'zod';
import { recordAudit } from '#app/modules/audit/index.server.ts';
import { refusedInput } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { type EndpointRow, needEndpoint, secretsOf } from './endpoint-rows.server.ts';
import { type EndpointInput, endpointInput } from './endpoint-schema.ts';
import { MAPPINGS } from './mapping-schema.ts';
import type { SourceId } from './schema.ts';
import { rotated, secretHint } from './secrets.ts';

/** How long the old secret still counts after a rotation, unless told otherwise. */
export const OVERLAP_MS = 24 * 3_600_000;

/** Makes an endpoint with the source's default mapping. Throws VALIDATION_ERROR, or CONFLICT where the name is taken. */
export async function createEndpoint(
  ctx: Ctx,
  input: { endpoint: EndpointInput; actor: Actor; origin?: 'env' | 'settings' },
): Promise<{ id: string }> {
  const parsed = endpointInput.safeParse(input.endpoint);
  if (!parsed.success) throw refusedInput(parsed.error.issues);
  const { source, name, accountId, secret } = parsed.data;
  const now = nowOf(ctx);
  const id = ctx.newId('whk');
  await ctx.store.transaction(async (tx) => {
    if (await tx.prisma.webhookEndpoint.findUnique({ where: { source_name: { source, name } } })) {
      const message = `/webhooks/${source}/${name} exists already: choose another name.`;
      throw new AppError('CONFLICT', message, { details: [{ path: 'name', message }] });
    }
    await needAccount(tx, accountId);
    await tx.prisma.webhookEndpoint.create({
      data: {
        id,
        source,
        name,
        accountId,
        secrets: ctx.vault.seal(JSON.stringify(rotated([], secret, now.getTime(), 0))),
        hint: secretHint(secret),
        mapping: JSON.stringify(MAPPINGS[source].parse({})),
        origin: input.origin ?? 'settings',
        createdAt: now,
        updatedAt: now,
      },
    });
    await audit(tx, ctx, input.actor, 'webhook_endpoint_added', id, { source, name });
  });
  ctx.live.publish('webhooks');
  return { id };
}

/** Replaces the signing secret; the one before it still counts for `overlapMs` (at most seven days). */
export async function rotateEndpointSecret(
  ctx: Ctx,
  input: { id: string; secret: string; overlapMs?: number; actor: Actor },
): Promise<void> {
  const parsed = endpointInput.shape.secret.safeParse(input.secret);
  if (!parsed.success)
    throw refusedInput(parsed.error.issues.map((issue) => ({ ...issue, path: ['secret'] })));
  const overlapMs = Math.min(Math.max(0, input.overlapMs ?? OVERLAP_MS), 7 * 86_400_000);
  const now = nowOf(ctx);
  await ctx.store.transaction(async (tx) => {
    const row = await needEndpoint(tx, input.id);
    const before = secretsOf(ctx, row);
    if (before[0]?.secret === parsed.data)
      throw new AppError('CONFLICT', 'This is the secret the endpoint has already: paste the new one.');
    await tx.prisma.webhookEndpoint.update({
      where: { id: row.id },
      data: {
        secrets: ctx.vault.seal(JSON.stringify(rotated(before, parsed.data, now.getTime(), overlapMs))),
        hint: secretHint(parsed.data),
        updatedAt: now,
      },
    });
    await audit(tx, ctx, input.actor, 'webhook_secret_rotated', row.id, { overlapMs });
  });
  ctx.live.publish('webhooks');
}

/**
 * Changes what is told: mapping (checked whole), account, on or off; `endOldSecret` lets a secret that was replaced
 * count no longer. Throws VALIDATION_ERROR, NOT_FOUND.
 */
export async function changeEndpoint(
  ctx: Ctx,
  input: {
    id: string;
    change: { mapping?: unknown; accountId?: string; enabled?: boolean; endOldSecret?: true };
    actor: Actor;
  },
): Promise<void> {
  const { change } = input;
  await ctx.store.transaction(async (tx) => {
    const row = await needEndpoint(tx, input.id);
    if (change.accountId !== undefined) await needAccount(tx, change.accountId);
    await tx.prisma.webhookEndpoint.update({
      where: { id: row.id },
      data: {
        ...(change.mapping === undefined
          ? {}
          : { mapping: JSON.stringify(checkedMapping(row.source as SourceId, change.mapping)) }),
        ...(change.accountId === undefined ? {} : { accountId: change.accountId }),
        ...(change.enabled === undefined ? {} : { enabled: change.enabled }),
        ...(change.endOldSecret ? { secrets: withoutOld(ctx, row) } : {}),
        updatedAt: nowOf(ctx),
      },
    });
    await audit(tx, ctx, input.actor, 'webhook_endpoint_changed', row.id, {
      changed: Object.keys(change),
      ...(change.enabled === undefined ? {} : { enabled: change.enabled }),
    });
  });
  ctx.live.publish('webhooks');
}

const withoutOld = (ctx: Ctx, row: EndpointRow): string =>
  ctx.vault.seal(JSON.stringify(secretsOf(ctx, row).filter(({ endsAt }) => endsAt === null)));

/** A mapping of that source, or VALIDATION_ERROR with the place of each fault. */
export function checkedMapping(source: SourceId, mapping: unknown): z.output<(typeof MAPPINGS)[SourceId]> {
  const parsed = MAPPINGS[source].safeParse(mapping);
  if (!parsed.success) throw refusedInput(parsed.error.issues);
  return parsed.data;
}

async function needAccount(tx: Conn, accountId: string): Promise<void> {
  if (await tx.prisma.networkAccount.findUnique({ where: { id: accountId }, select: { id: true } })) return;
  const message = 'Choose an account that exists: conversions of this endpoint are reported to it.';
  throw new AppError('VALIDATION_ERROR', message, { details: [{ path: 'accountId', message }] });
}

const audit = (
  tx: Conn,
  ctx: Ctx,
  actor: Actor,
  action: string,
  id: string,
  detail: Record<string, unknown>,
) => recordAudit(tx, ctx, { actor, action, subjectType: 'webhook_endpoint', subjectId: id, detail });
