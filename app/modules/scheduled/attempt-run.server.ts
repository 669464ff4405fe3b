import { type MailChannel, mailChannel, NO_MAIL } from '#app/modules/alerts/index.server.ts';
import { can } from '#app/modules/operators/index.server.ts';
import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { describeStoreFault, isStoreFault } from '#app/platform/db/store-errors.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { keepable } from '#app/platform/text-rules.ts';
import { type Holding, type LeasedRun, LeaseLost } from './claim-run.server.ts';
import type { ScheduleDeps } from './deps.ts';
import { type PackedCsv, packCsv } from './pack-csv.server.ts';
import { renderMail } from './render-mail.ts';
import { ownerOf, rhythmOf, type ScheduleRow, viewOf } from './rows.server.ts';
import { type Attached, isList, LISTS, type ListName } from './schema.ts';
import { dayIn } from './words-schema.ts';

/** What came of one attempt. */
export interface RunAnswer {
  ok: boolean;
  /** The mail server's reply code. */
  status: number | null;
  /** What went wrong, or what one should know though it went well; null: nothing. Holds no secret. */
  words: string | null;
  /** Trying again cannot help until somebody changes something. */
  final: boolean;
  /** Why the schedule is paused with it; null: it is not. */
  pause: string | null;
  /** What was exported, as far as it came to that. */
  told: { query: string; rows: number; bytes: number; attached: Attached; to: string } | null;
}

const refused = (words: string, pause = false): RunAnswer => ({
  ok: false,
  status: null,
  words,
  final: true,
  pause: pause ? words : null,
  told: null,
});

/** What a run needs to be sent, or why it cannot be. */
type Ready =
  | {
      row: ScheduleRow;
      list: ListName;
      owner: Actor;
      channel: MailChannel;
      query: string;
      view: string | null;
    }
  | { refused: RunAnswer };

/**
 * One attempt at a run: looks whether it may still be sent, exports its list, and hands the mail over. Throws LeaseLost
 * and where `signal` was aborted; anything else that goes wrong is an answer.
 */
export async function attemptRun(
  ctx: Ctx,
  deps: ScheduleDeps,
  run: LeasedRun,
  holding: Holding,
  signal: AbortSignal,
): Promise<RunAnswer> {
  const ready = await prepare(ctx, deps, run);
  if ('refused' in ready) return ready.refused;
  let packed: PackedCsv;
  const readAt = ctx.clock.now();
  try {
    const csv = await deps.openCsv(ready.list, ready.query, ready.row.zone, signal);
    packed = await packCsv(csv, holding.keep);
  } catch (error) {
    if (error instanceof LeaseLost || signal.aborted) throw error;
    const fault = error instanceof AppError ? error.message : describeStoreFault(error);
    ctx.log.error({ run: run.id, fault }, 'a scheduled export could not be read');
    return {
      ...refused(`The list could not be read: ${fault}.`.replace('..', '.')),
      final: error instanceof AppError && !isStoreFault(error),
    };
  }
  try {
    await holding.keepForMail();
    return await send(deps, run, ready, packed, readAt);
  } finally {
    await packed.close();
  }
}

async function prepare(ctx: Ctx, deps: ScheduleDeps, run: LeasedRun): Promise<Ready> {
  const no = (words: string, pause = false): Ready => ({ refused: refused(words, pause) });
  const row = await ctx.store.prisma.scheduledExport.findUnique({ where: { id: run.exportId } });
  if (!row) return no('It was removed before this was sent.');
  if (row.status === 'paused' && run.cause === 'due') return no('It was paused before this was sent.');
  const { list } = row;
  if (!isList(list)) return no(`There is no list ${list} any more. Choose another one.`, true);
  const owner = await ownerOf(ctx, row.ownerId);
  if (!owner)
    return no(
      'Whoever set it up has left or was switched off. Resume it, and it runs with your permission.',
      true,
    );
  if (!can(owner.role, 'manage_settings'))
    return no(
      `${owner.name} set it up and may not any more: that needs the role owner. Resume it, and it runs with your permission.`,
      true,
    );
  const view = row.viewId === null ? null : await viewOf(ctx, owner, list, row.viewId);
  if (row.viewId !== null && !view)
    return no(
      `Its saved view of ${LISTS[list].label} is gone. Choose its filters anew, then resume it.`,
      true,
    );
  const channel = await mailChannel(ctx, row.channelId);
  if (!channel) return no('Its channel was removed. Choose another one, then resume it.', true);
  if (!channel.enabled)
    return no(`The channel ${channel.name} is switched off. Switch it on, then send it now.`);
  if (!deps.mailer) return no(NO_MAIL);
  return { row, list, owner, channel, query: view?.query ?? row.query, view: view?.name ?? null };
}

async function send(
  { mailer, publicUrl }: ScheduleDeps,
  run: LeasedRun,
  { row, list, owner, channel, query, view }: Exclude<Ready, { refused: RunAnswer }>,
  packed: PackedCsv,
  readAt: number,
): Promise<RunAnswer> {
  if (!mailer) return refused(NO_MAIL);
  const { attached, rows, bytes } = packed;
  const mail = renderMail({
    id: run.id,
    exportId: row.id,
    name: row.name,
    list,
    view,
    query,
    rhythm: rhythmOf(row),
    cause: run.cause === 'asked' ? 'asked' : 'due',
    dueAt: run.dueAt.getTime(),
    queuedAt: run.createdAt.getTime(),
    missed: run.missed,
    readAt,
    attached,
    rows,
    bytes,
    owner: owner.name,
    publicUrl,
  });
  const filename = `leadline-${list}-${dayIn(readAt, row.zone)}.csv${attached === 'gzip' ? '.gz' : ''}`;
  const contentType = attached === 'gzip' ? 'application/gzip' : 'text/csv; charset=utf-8; header=present';
  const answer = await mailer.send({
    ...mail,
    to: channel.addresses,
    id: run.id,
    ...(attached === 'none'
      ? {}
      : { attachment: { filename, contentType, content: await packed.content() } }),
  });
  const partly = answer.refused.length > 0 ? `Not taken for ${answer.refused.join(', ')}.` : null;
  return {
    ok: answer.ok,
    status: answer.status,
    words: answer.ok ? partly : keepable(answer.words),
    final: false,
    pause: null,
    told: { query, rows, bytes, attached, to: channel.hint },
  };
}
