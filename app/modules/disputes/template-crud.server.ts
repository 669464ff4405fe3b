import { recordAudit } from '#app/modules/audit/index.server.ts';
import { refusedInput, requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { type TemplateItem, type TemplateKind, templateSchema } from './template-schema.ts';

/** There are never many: a list that nobody could choose from helps nobody. */
const TEMPLATES_MAX = 200;

type Row = NonNullable<Awaited<ReturnType<Conn['prisma']['reasonTemplate']['findUnique']>>>;

const item = (row: Row): TemplateItem => ({
  id: row.id,
  name: row.name,
  kind: row.kind as TemplateKind,
  text: row.text,
  updatedBy: row.updatedBy,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** All reason templates, by name. */
export async function listTemplates({ store }: Pick<Ctx, 'store'>): Promise<TemplateItem[]> {
  const rows = await store.prisma.reasonTemplate.findMany({ orderBy: { name: 'asc' }, take: TEMPLATES_MAX });
  return rows.map(item);
}

/** One template. Throws NOT_FOUND. */
export async function getTemplate({ store }: { store: Conn }, id: string): Promise<TemplateItem> {
  const row = await store.prisma.reasonTemplate.findUnique({ where: { id } });
  if (!row) throw new AppError('NOT_FOUND', 'There is no such reason template any more. Choose another.');
  return item(row);
}

/**
 * Saves a reason template: a new one, or with `id` a change. What was disputed with it stays as it was sent. Throws
 * FORBIDDEN, VALIDATION_ERROR (name, kind, text), NOT_FOUND, or CONFLICT where the name is taken. Audited.
 */
export async function saveTemplate(
  ctx: Ctx,
  input: { id?: string | undefined; template: unknown; actor: Actor },
): Promise<TemplateItem> {
  const { actor } = input;
  requireCan(actor, 'manage_settings');
  const parsed = templateSchema.safeParse(input.template);
  if (!parsed.success) throw refusedInput(parsed.error.issues);
  const now = nowOf(ctx);
  const write = ctx.store.transaction(async (tx) => {
    const before = input.id === undefined ? null : await getTemplate({ store: tx }, input.id);
    await assertRoom(tx, parsed.data.name, before?.id ?? null);
    const data = { ...parsed.data, updatedBy: actor.name, updatedAt: now };
    const row = before
      ? await tx.prisma.reasonTemplate.update({ where: { id: before.id }, data })
      : await tx.prisma.reasonTemplate.create({ data: { id: ctx.newId('rtp'), createdAt: now, ...data } });
    await recordAudit(tx, ctx, {
      actor,
      action: before ? 'reason_template_changed' : 'reason_template_created',
      subjectType: 'reason_template',
      subjectId: row.id,
      detail: {
        from: before ? { name: before.name, kind: before.kind, text: before.text } : null,
        to: parsed.data,
      },
    });
    return item(row);
  });
  const saved = await write.catch((error) => {
    throw isTaken(error) ? taken(parsed.data.name) : error;
  });
  ctx.live.publish('refunds');
  return saved;
}

const taken = (name: string): AppError =>
  new AppError('CONFLICT', `There is a template called ${name} already. Choose another name.`, {
    details: [{ path: 'name', message: 'This name is taken' }],
  });

/** Two people saved the same name at the same moment: the column's own uniqueness decided. */
const isTaken = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'P2002';

async function assertRoom(tx: Conn, name: string, ownId: string | null): Promise<void> {
  const other = await tx.prisma.reasonTemplate.findUnique({ where: { name }, select: { id: true } });
  if (other && other.id !== ownId) throw taken(name);
  if (ownId === null && (await tx.prisma.reasonTemplate.count()) >= TEMPLATES_MAX)
    throw new AppError(
      'CONFLICT',
      `There are ${TEMPLATES_MAX} templates, the most there can be. Delete one that is no longer used.`,
    );
}

/** Deletes a template; batches that began with it keep their text. Throws FORBIDDEN, NOT_FOUND. Audited. */
export async function deleteTemplate(ctx: Ctx, input: { id: string; actor: Actor }): Promise<void> {
  requireCan(input.actor, 'manage_settings');
  await ctx.store.transaction(async (tx) => {
    const { name, kind, text } = await getTemplate({ store: tx }, input.id);
    await tx.prisma.reasonTemplate.delete({ where: { id: input.id } });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'reason_template_deleted',
      subjectType: 'reason_template',
      subjectId: input.id,
      detail: { name, kind, text },
    });
  });
  ctx.live.publish('refunds');
}
