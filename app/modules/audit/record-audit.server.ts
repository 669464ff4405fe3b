import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { withoutSecrets } from './policy.ts';

/** One deed: who did what to which thing. `action` is a past participle, e.g. `api_key_created`. */
export interface AuditInput {
  actor: Actor;
  action: string;
  subjectType: string;
  subjectId: string;
  detail?: Record<string, unknown> | undefined;
}

/**
 * Writes an audit entry on the connection it is given: hand over the transaction that makes the change, so that
 * neither can be there without the other. Answers the entry's id.
 */
export async function recordAudit(
  conn: Conn,
  ctx: Pick<Ctx, 'clock' | 'newId'>,
  input: AuditInput,
): Promise<string> {
  const { actor, action, subjectType, subjectId, detail } = input;
  const id = ctx.newId('aud');
  await conn.prisma.auditEntry.create({
    data: {
      id,
      actorType: actor.type,
      actorId: actor.id,
      actorName: actor.name,
      action,
      subjectType,
      subjectId,
      detail: detail ? JSON.stringify(withoutSecrets(detail)) : null,
      ip: actor.ip,
      createdAt: nowOf(ctx),
    },
  });
  return id;
}
