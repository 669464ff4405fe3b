import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Ctx, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { type EndpointRow, findEndpoint, NO_ACCOUNT, secretsOf } from './endpoint-rows.server.ts';
import { MAPPINGS } from './mapping-schema.ts';
import { OVERLAP_MS } from './save-endpoint.server.ts';
import { SOURCES, type SourceId } from './schema.ts';
import { rotated, secretHint } from './secrets.ts';

/** Name of the endpoints that come from the environment. */
const DEFAULT_NAME = 'default';

/**
 * Makes /webhooks/<source>/default for each secret of the environment, and lets it follow a secret that was changed
 * there: the old one counts for a day more. One of that name that was made in Settings is left as it is. It reports
 * to the account `regatta`, else to the oldest; while there is none its events wait.
 */
export async function ensureEnvironmentEndpoints(
  ctx: Ctx,
  secrets: Partial<Record<SourceId, string | undefined>>,
): Promise<void> {
  for (const source of SOURCES) {
    const secret = secrets[source];
    if (secret === undefined) continue;
    await ctx.store.transaction(async (tx) => {
      const before = await findEndpoint(tx, source, DEFAULT_NAME);
      if (!before) await add(tx, ctx, source, secret);
      else if (before.origin === 'env') await follow(tx, ctx, before, secret);
    });
  }
}

async function defaultAccount(tx: Conn): Promise<string> {
  const accounts = await tx.prisma.networkAccount.findMany({
    orderBy: { id: 'asc' },
    select: { id: true, name: true },
  });
  return (accounts.find(({ name }) => name === 'regatta') ?? accounts[0])?.id ?? NO_ACCOUNT;
}

async function add(tx: Conn, ctx: Ctx, source: SourceId, secret: string): Promise<void> {
  const now = nowOf(ctx);
  const id = ctx.newId('whk');
  await tx.prisma.webhookEndpoint.create({
    data: {
      id,
      source,
      name: DEFAULT_NAME,
      accountId: await defaultAccount(tx),
      secrets: ctx.vault.seal(JSON.stringify(rotated([], secret, now.getTime(), 0))),
      hint: secretHint(secret),
      mapping: JSON.stringify(MAPPINGS[source].parse({})),
      origin: 'env',
      createdAt: now,
      updatedAt: now,
    },
  });
  await audit(tx, ctx, 'webhook_endpoint_added', id, { source, name: DEFAULT_NAME, origin: 'env' });
}

async function follow(tx: Conn, ctx: Ctx, row: EndpointRow, secret: string): Promise<void> {
  const now = nowOf(ctx);
  const known = secretsOf(ctx, row);
  const changed = known[0]?.secret !== secret;
  const accountId = row.accountId === NO_ACCOUNT ? await defaultAccount(tx) : row.accountId;
  if (!changed && accountId === row.accountId) return;
  await tx.prisma.webhookEndpoint.update({
    where: { id: row.id },
    data: {
      accountId,
      ...(changed
        ? {
            secrets: ctx.vault.seal(JSON.stringify(rotated(known, secret, now.getTime(), OVERLAP_MS))),
            hint: secretHint(secret),
          }
        : {}),
      updatedAt: now,
    },
  });
  if (changed)
    await audit(tx, ctx, 'webhook_secret_rotated', row.id, { origin: 'env', overlapMs: OVERLAP_MS });
}

const audit = (tx: Conn, ctx: Ctx, action: string, subjectId: string, detail: Record<string, unknown>) =>
  recordAudit(tx, ctx, { actor: SYSTEM, action, subjectType: 'webhook_endpoint', subjectId, detail });
