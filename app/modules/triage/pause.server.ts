import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { addCodes, codesOfCampaign } from './breaker-codes.server.ts';
import { scopeKeyOf } from './breaker-policy.ts';
import { startReleasing, tripBreaker } from './breaker-write.server.ts';
import { ensureIssue } from './record-failures.server.ts';

/** Longest note, in characters. */
export const PAUSE_NOTE_MAX = 500;
/** Deliveries of a campaign that are looked at for its tracking codes. */
const CODES_LOOKED = 10_000;

export interface PauseInput {
  accountId: string;
  /** The network's campaign id; the whole account where left out. */
  networkCampaignId?: string | null | undefined;
  note?: string | null | undefined;
  actor: Actor;
}

/**
 * Holds back the postbacks of an account, or of one campaign, until somebody resumes. What is under way finishes. A
 * campaign's are those that name it, and those with a tracking code that it is known by. Throws NOT_FOUND, CONFLICT
 * where it is paused already, VALIDATION_ERROR for a note that is too long. Audited.
 */
export async function pause(ctx: Ctx, input: PauseInput): Promise<{ breakerId: string }> {
  const networkCampaignId = input.networkCampaignId ?? null;
  const note = input.note?.trim().toWellFormed() || null;
  if (note !== null && note.length > PAUSE_NOTE_MAX) {
    const message = `The note is longer than ${PAUSE_NOTE_MAX} characters: shorten it.`;
    throw new AppError('VALIDATION_ERROR', message, { details: [{ path: 'note', message }] });
  }
  const breakerId = await ctx.store.transaction((tx) =>
    write(tx, ctx, { ...input, networkCampaignId, note }),
  );
  for (const topic of ['breakers', 'issues'] as const) ctx.live.publish(topic);
  return { breakerId };
}

async function write(
  tx: Conn,
  ctx: Ctx,
  input: PauseInput & { networkCampaignId: string | null; note: string | null },
): Promise<string> {
  const { accountId, networkCampaignId, note, actor } = input;
  const account = await tx.prisma.networkAccount.findUnique({
    where: { id: accountId },
    select: { name: true },
  });
  if (!account) throw new AppError('NOT_FOUND', `There is no account with the id ${accountId}.`);
  if (networkCampaignId !== null) await assertCampaign(tx, accountId, networkCampaignId);
  const scope = networkCampaignId === null ? 'account' : 'campaign';
  const scopeKey = scopeKeyOf(scope, networkCampaignId, null);
  const before = await tx.prisma.breaker.findFirst({
    where: { accountId, scopeKey, reason: 'paused', state: { not: 'closed' } },
    select: { state: true, openedBy: true },
  });
  if (before?.state === 'open')
    throw new AppError(
      'CONFLICT',
      `It is paused already, by ${before.openedBy ?? 'somebody'}: nothing was changed.`,
    );
  const now = nowOf(ctx);
  const issueId = await ensureIssue(tx, ctx, {
    accountId,
    errorCode: 'PAUSED',
    errorMessage: `Paused by ${actor.name}${note === null ? '' : `: ${note}`}`,
    networkCampaignId,
    httpStatus: null,
    at: now,
  });
  const id = await tripBreaker(tx, ctx, {
    ...{ accountId, scope, scopeKey, networkCampaignId, reason: 'paused', provenBy: 'by_hand', issueId },
    ...{ startedAt: now, at: now, messageIds: [], refs: [], note, actor },
  });
  if (id === null) throw new AppError('CONFLICT', 'Somebody paused it a moment ago: look again.');
  // paused again while it was still being released: by whom and why is new
  if (before)
    await tx.prisma.breaker.update({ where: { id }, data: { openedBy: actor.name, note, issueId } });
  if (networkCampaignId !== null)
    await addCodes(tx, id, await codesOfCampaign(tx, { accountId, networkCampaignId }, CODES_LOOKED));
  await recordAudit(tx, ctx, {
    actor,
    action: `${scope}_paused`,
    subjectType: scope,
    subjectId: scope === 'account' ? accountId : await campaignRowId(tx, accountId, networkCampaignId ?? ''),
    detail: { account: account.name, networkCampaignId, note, breakerId: id },
  });
  return id;
}

async function assertCampaign(tx: Conn, accountId: string, networkCampaignId: string): Promise<void> {
  const known = await tx.prisma.campaign.findUnique({
    where: { accountId_networkCampaignId: { accountId, networkCampaignId } },
    select: { id: true },
  });
  if (!known)
    throw new AppError(
      'NOT_FOUND',
      `This account has no campaign ${networkCampaignId}. Import it first, by its id at the network.`,
    );
}

async function campaignRowId(tx: Conn, accountId: string, networkCampaignId: string): Promise<string> {
  const row = await tx.prisma.campaign.findUnique({
    where: { accountId_networkCampaignId: { accountId, networkCampaignId } },
    select: { id: true },
  });
  return row?.id ?? networkCampaignId;
}

/**
 * Lets what a breaker holds back go, oldest first and paced: ends a pause, or tells of another breaker that its cause
 * is gone (if it is not, the first refusal closes it again). Throws NOT_FOUND, or CONFLICT where there is nothing to
 * resume. Audited.
 */
export async function resume(
  ctx: Ctx,
  input: { breakerId: string; actor: Actor },
): Promise<{ breakerId: string }> {
  const { breakerId, actor } = input;
  await ctx.store.transaction(async (tx) => {
    const breaker = await tx.prisma.breaker.findUnique({ where: { id: breakerId } });
    if (!breaker) throw new AppError('NOT_FOUND', `There is no breaker with the id ${breakerId}.`);
    if (!(await startReleasing(tx, ctx, { id: breakerId })))
      throw new AppError(
        'CONFLICT',
        breaker.state === 'closed'
          ? 'Nothing is held back any more: there is nothing to resume.'
          : 'What was held back is going out already.',
      );
    const { accountId, networkCampaignId, scope, reason, note } = breaker;
    const paused = reason === 'paused';
    await recordAudit(tx, ctx, {
      actor,
      action: paused ? `${scope}_resumed` : 'breaker_resumed',
      subjectType: paused ? scope : 'breaker',
      subjectId: !paused
        ? breakerId
        : scope === 'account'
          ? accountId
          : await campaignRowId(tx, accountId, networkCampaignId ?? ''),
      detail: { networkCampaignId, reason, note, breakerId },
    });
  });
  for (const topic of ['breakers', 'issues'] as const) ctx.live.publish(topic);
  return { breakerId };
}
