import { refusedInput } from '#app/modules/operators/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import { fourEyesOf } from './approval-rule.server.ts';
import { type FourEyes, needsApproval } from './approval-schema.ts';
import {
  AT_ONCE_MS,
  BATCH_MAX,
  type BatchPreview,
  LEFT_OUT,
  type LeftOutReason,
  type Selection,
  selectionSchema,
} from './batch-schema.ts';
import { type BatchReason, readTargets, type Target } from './batch-targets.server.ts';
import { boundOf, turn, walkSelection } from './batch-walk.server.ts';
import { selectionWords } from './batch-words.ts';
import type { DisputeDeps } from './evaluate-refund.server.ts';
import { UNDO_MS } from './open-dispute.server.ts';
import { getTemplate } from './template-crud.server.ts';
import { reasonTextSchema, type VariableName } from './template-schema.ts';

/** The reason of a batch, as it is asked for: a text of its own, or a template's. */
export interface ReasonChoice {
  templateId?: string | undefined;
  /** Wins over the template's own text. */
  text?: string | undefined;
}

/** Looks the reason up; null where none is chosen. Throws NOT_FOUND, VALIDATION_ERROR (text). */
export async function reasonOf(
  ctx: Pick<Ctx, 'store'>,
  { templateId, text }: ReasonChoice,
): Promise<(BatchReason & { templateName: string | null }) | null> {
  const template = templateId ? await getTemplate(ctx, templateId) : null;
  const chosen = text ?? template?.text;
  if (chosen === undefined) return null;
  const parsed = reasonTextSchema.safeParse(chosen);
  if (!parsed.success)
    throw refusedInput(parsed.error.issues.map(({ message }) => ({ path: ['text'], message })));
  return { text: parsed.data, templateKind: template?.kind ?? 'any', templateName: template?.name ?? null };
}

/** A selection as it was asked for. Throws VALIDATION_ERROR. */
export function checkedSelection(selection: unknown): Selection {
  const parsed = selectionSchema.safeParse(selection);
  if (!parsed.success) throw refusedInput(parsed.error.issues);
  return parsed.data;
}

/** Rows that are read at once. */
const CHUNK = 1_000;

/**
 * What a batch would do with everything that is selected: how many can be disputed, their payouts, how many wait for
 * another person, what is left out and why, and the reason of the first. Read in chunks, so that nothing else waits for
 * it. Throws VALIDATION_ERROR, NOT_FOUND (template).
 */
export async function previewBatch(
  ctx: Pick<Ctx, 'store' | 'clock'>,
  deps: DisputeDeps,
  input: { selection: unknown } & ReasonChoice,
): Promise<BatchPreview> {
  const selection = checkedSelection(input.selection);
  const reason = await reasonOf(ctx, input);
  const newestId = await boundOf(ctx, selection);
  const tally = newTally(await fourEyesOf(ctx.store), new Date(nowOf(ctx).getTime() + UNDO_MS + AT_ONCE_MS));
  walk: for (let above = ''; ; ) {
    const { ids, next } = await walkSelection(ctx, selection, { above, atMost: newestId });
    for (let i = 0; i < ids.length; i += CHUNK) {
      const some = ids.slice(i, i + CHUNK);
      for (const target of await readTargets(ctx.store, ctx, deps, { of: selection.of, ids: some, reason }))
        add(tally, target);
      if (tally.matched > BATCH_MAX) break walk;
      await turn();
    }
    if (next === null) break;
    above = next;
    await turn();
  }
  return told(tally, newestId, selectionWords(selection));
}

const newTally = (rule: FourEyes, atOnceBefore: Date) => ({
  rule,
  atOnceBefore,
  matched: 0,
  eligible: 0,
  unknown: 0,
  needApproval: 0,
  atOnce: 0,
  payouts: new Map<string, number>(),
  leftOut: new Map<LeftOutReason, number>(),
  missing: new Map<VariableName, number>(),
  leads: new Set<string>(),
  first: null as Target | null,
});
type Tally = ReturnType<typeof newTally>;

function count<K>(map: Map<K, number>, key: K, by = 1): void {
  map.set(key, (map.get(key) ?? 0) + by);
}

function add(tally: Tally, target: Target): void {
  tally.matched += 1;
  const twice = target.leadId !== null && tally.leads.has(target.leadId);
  const leftOut = target.leftOut ?? (twice ? 'same_lead' : null);
  if (leftOut !== null) {
    count(tally.leftOut, leftOut);
    return;
  }
  if (target.leadId !== null) tally.leads.add(target.leadId);
  tally.eligible += 1;
  tally.first ??= target;
  const { payoutCents, currency } = target;
  if (payoutCents === null || currency === null) tally.unknown += 1;
  else count(tally.payouts, currency, Number(payoutCents));
  const asked = needsApproval(tally.rule, {
    payoutCents: numberOrNull(payoutCents),
    currency,
  });
  if (asked) tally.needApproval += 1;
  else if (target.dueAt <= tally.atOnceBefore) tally.atOnce += 1;
  for (const variable of target.rendered?.missing ?? []) count(tally.missing, variable);
}

function told(tally: Tally, newestId: string, selection: string): BatchPreview {
  const { first } = tally;
  return {
    matched: tally.matched,
    eligible: tally.eligible,
    tooMany: tally.matched > BATCH_MAX,
    payouts: [...tally.payouts]
      .map(([currency, minor]) => ({ currency, minor }))
      .sort((a, b) => b.minor - a.minor || (a.currency < b.currency ? -1 : 1)),
    payoutsUnknown: tally.unknown,
    needApproval: tally.needApproval,
    atOnce: tally.atOnce,
    notAllowed: [...tally.leftOut]
      .map(([reason, n]) => ({ reason, words: LEFT_OUT[reason], count: n }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    missing: [...tally.missing]
      .map(([variable, n]) => ({ variable, count: n }))
      .sort((a, b) => b.count - a.count || (a.variable < b.variable ? -1 : 1)),
    first: first && {
      leadId: first.leadId ?? '',
      externalId: first.externalId ?? '',
      reason: first.rendered?.reason ?? '',
      missing: first.rendered?.missing ?? [],
    },
    newestId,
    selection,
  };
}
