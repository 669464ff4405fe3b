import { differs, type Money, refundDiffers } from './differs.ts';
import type { Told } from './read-row.ts';
import { REASONS, type Reason } from './schema.ts';

/** What Leadline knows of an order: its conversion, and what became of it. Money is integer minor units. */
export interface Known {
  conversionId: string;
  accountId: string;
  revenue: number | null;
  currency: string | null;
  occurredAt: number;
  /** Null where there was no tracking code. */
  postback: { id: string; status: string; errorCode: string | null; why: string | null } | null;
  lead: KnownLead | null;
  refunds: KnownRefund[];
}

/** A refund that stands. `amount` is null where the whole order was given back; `currency` null: the order's. */
export interface KnownRefund {
  id: string;
  refundId: string;
  kind: string;
  disposition: string;
  explanation: string;
  amount: number | null;
  currency: string | null;
}

export interface KnownLead {
  id: string;
  networkLeadId: string;
  holdState: string;
  payout: number | null;
  currency: string | null;
}

/** What came of a row. */
export interface Verdict {
  reason: Reason;
  detail: string | null;
  known: Known | null;
  refundId: string | null;
  /** What Leadline has in place of the file's amount. */
  our: Money | null;
}

/** Refunds that are on their way back already, or cost nothing. */
const HANDLED = ['disputed', 'disputing', 'canceled_before_send', 'in_grace', 'awaiting_lead'];
const UNDER_WAY = ['queued', 'sending', 'retrying'];
const FAILED = ['failed', 'exhausted', 'canceled'];

/** Compares a row of billing with what is known of its order; `record`: a tracking code is kept for it. */
export function judgeBilling(told: Told, found: readonly Known[], record: string | null): Verdict {
  if (found.length === 0) return nothingKnown(told, record);
  const verdicts = onePerAccount(told, found).map((known) => judgeOne(told, known));
  return worst(verdicts, found.length);
}

function nothingKnown(told: Told, record: string | null): Verdict {
  const plain = { known: null, refundId: null, our: null };
  if (told.status === 'unpaid') return { ...plain, reason: 'not_paid', detail: null };
  if (told.status === 'refunded')
    return { ...plain, reason: 'matched', detail: 'Refunded, and never reported: no commission is owed.' };
  if (record !== null)
    return { ...plain, reason: 'not_reported', detail: `The tracking code ${record} is kept for it.` };
  return { ...plain, reason: 'never_captured', detail: null };
}

/** One report an account: of several under one id (a subscription) the one whose amount, then whose time, is nearest. */
export function onePerAccount(told: Told, found: readonly Known[]): Known[] {
  const byAccount = new Map<string, Known>();
  const distance = (known: Known): number[] => [
    told.amount === null || (known.revenue === told.amount && known.currency === told.currency) ? 0 : 1,
    told.time === null ? 0 : Math.abs(known.occurredAt - told.time.at),
    known.postback === null ? 1 : 0,
  ];
  for (const known of found) {
    const other = byAccount.get(known.accountId);
    if (!other || nearer(distance(known), distance(other))) byAccount.set(known.accountId, known);
  }
  return [...byAccount.values()];
}

function nearer(a: readonly number[], b: readonly number[]): boolean {
  for (const [i, value] of a.entries()) if (value !== b[i]) return value < (b[i] as number);
  return false;
}

/** The verdict that needs somebody most. */
export function worst(verdicts: readonly Verdict[], reports: number): Verdict {
  const [first] = [...verdicts].sort((a, b) => REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason));
  if (!first) throw new RangeError('a row without a verdict');
  if (verdicts.length === 1 || first.reason === 'matched') return first;
  const note = `${reports} reports of it; this is the one that needs you most.`;
  return { ...first, detail: first.detail === null ? note : `${first.detail} ${note}` };
}

function judgeOne(told: Told, known: Known): Verdict {
  const our =
    known.revenue === null || known.currency === null
      ? null
      : { minor: known.revenue, currency: known.currency };
  const say = (reason: Reason, detail: string | null = null, refundId: string | null = null): Verdict => ({
    reason,
    detail,
    known,
    refundId,
    our,
  });
  const { postback } = known;
  if (told.status === 'unpaid') return say('not_paid', unpaidWords(told, known));
  if (told.status === 'refunded' || told.refunded > 0) {
    const open = openRefund(known);
    if (open) return say('refunded_not_disputed', open.words, open.refundId);
  }
  const refund = refundDiffers(told, known);
  if (refund && stillPays(known))
    return { ...say('refund_differs', refund.words, known.refunds[0]?.id ?? null), our: refund.our };
  if (told.status === 'refunded' || told.refunded > 0) {
    if (told.status === 'refunded') return say('matched', settledWords(known), known.refunds[0]?.id ?? null);
  }
  if (postback === null) return say('no_ref');
  if (FAILED.includes(postback.status)) return say('failed', postback.why ?? postback.errorCode);
  if (postback.status === 'parked') return say('parked', postback.why ?? postback.errorCode);
  if (UNDER_WAY.includes(postback.status)) return say('waiting', `Its postback is ${postback.status}.`);
  const money = differs(told, our, 'Leadline reported');
  if (money) return say(money.reason, money.words);
  return say('matched', postback.status === 'test' ? 'A test conversion: it pays nothing.' : null);
}

/** Its lead pays, or one may come: what was given back still decides about a commission. */
const stillPays = ({ lead, postback }: Known): boolean =>
  lead === null ? isComing(postback) : lead.holdState !== 'disputed';

const isComing = (postback: Known['postback']): boolean =>
  postback !== null && (UNDER_WAY.includes(postback.status) || postback.status === 'parked');

const unpaidWords = (told: Told, { lead }: Known): string | null =>
  lead && lead.holdState !== 'disputed'
    ? `The file says ${told.statusWord ?? 'not paid'}, yet the network has a lead that pays. If no money came in, dispute it.`
    : null;

const settledWords = ({ lead }: Known): string =>
  lead ? 'Refunded, and on its way back at the network.' : 'Refunded, and no lead: no commission is owed.';

/** A refund that nobody took back at the network though its lead pays, or is about to. */
function openRefund(known: Known): { words: string; refundId: string | null } | null {
  const { lead, refunds, postback } = known;
  if (lead?.holdState === 'disputed' || refunds.some(({ disposition }) => HANDLED.includes(disposition)))
    return null;
  if (lead === null && !isComing(postback)) return null;
  const refund = refunds[0];
  if (refund) return { words: refund.explanation, refundId: refund.id };
  if (lead === null)
    return {
      words: 'Its postback has not gone out yet: report the refund and it stays here.',
      refundId: null,
    };
  return {
    words:
      lead.holdState === 'pending_release'
        ? 'Leadline was never told of the refund. Report it now: it is disputed while there is time.'
        : 'Leadline was never told of the refund, and its lead can no longer be disputed.',
    refundId: null,
  };
}
