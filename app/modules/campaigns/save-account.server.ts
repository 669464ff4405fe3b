import type { Connector } from '#app/connectors/types.ts';
import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { maskSecret } from '#app/platform/crypto.server.ts';
import { AppError, type ErrorDetail } from '#app/platform/errors.ts';
import type { AccountInput } from './schema.ts';

/** Masked credentials, safe to show (RG-09): prefix, dots, last four characters. */
export function credentialHints(credentials: Record<string, string>): string {
  const hints = Object.entries(credentials).map(([name, value]) => {
    const prefix = /^[a-z]{2,6}_(?:live_|test_)?/i.exec(value)?.[0] ?? '';
    return [name, maskSecret(value, prefix)];
  });
  return JSON.stringify(Object.fromEntries(hints));
}

function checkCredentials(connector: Connector, credentials: Record<string, string>): void {
  const details: ErrorDetail[] = [];
  for (const field of connector.credentialFields) {
    const fault = field.check(credentials[field.name] ?? '');
    if (fault) details.push({ path: `credentials.${field.name}`, message: fault });
  }
  if (details.length > 0)
    throw new AppError('VALIDATION_ERROR', details.map((d) => d.message).join(' '), { details });
}

/**
 * Adds an account, or changes the one with `id`. A credential left empty on a change keeps its old value. Throws
 * VALIDATION_ERROR for a credential that cannot be right, CONFLICT when the name is taken.
 */
export async function saveAccount(
  ctx: Ctx,
  input: {
    id?: string;
    account: AccountInput;
    connector: Connector;
    origin: 'env' | 'settings';
    actor: Actor;
  },
): Promise<{ id: string }> {
  const { account, connector } = input;
  const now = nowOf(ctx);
  const id = input.id ?? ctx.newId('acc');
  await ctx.store.transaction(async (tx) => {
    const taken = await tx.prisma.networkAccount.findUnique({ where: { name: account.name } });
    if (taken && taken.id !== input.id) {
      const message = `An account is already named "${account.name}": choose another name.`;
      throw new AppError('CONFLICT', message, { details: [{ path: 'name', message }] });
    }
    const before = input.id ? await tx.prisma.networkAccount.findUnique({ where: { id: input.id } }) : null;
    if (input.id && !before) throw new AppError('NOT_FOUND', `There is no account with the id ${input.id}.`);
    const kept = before ? (JSON.parse(ctx.vault.open(before.credentials)) as Record<string, string>) : {};
    const given = Object.fromEntries(Object.entries(account.credentials).filter(([, value]) => value !== ''));
    const credentials = { ...kept, ...given };
    checkCredentials(connector, credentials);
    const data = {
      name: account.name,
      connector: connector.id,
      baseUrl: account.baseUrl.replace(/\/+$/, ''),
      credentials: ctx.vault.seal(JSON.stringify(credentials)),
      credentialHints: credentialHints(credentials),
      retryScheduleSeconds: account.retryScheduleSeconds,
      updatedAt: now,
    };
    if (before) await tx.prisma.networkAccount.update({ where: { id }, data });
    else
      await tx.prisma.networkAccount.create({
        data: { ...data, id, origin: input.origin, status: 'active', createdAt: now },
      });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: before ? 'account_changed' : 'account_added',
      subjectType: 'account',
      subjectId: id,
      detail: { name: account.name, baseUrl: data.baseUrl, credentialsChanged: Object.keys(given) },
    });
  });
  ctx.live.publish('accounts');
  ctx.live.publish('outbox');
  return { id };
}
