import { at, keysOf, list, needText, secondsToIso, text } from '../read.ts';
import { EventFault, type Found, type FoundRefund, type PaymentKey } from '../types.ts';
import { needStripeMoney } from './money.ts';

/**
 * `charge.refunded` names no refund since API version 2022-11-15: it tells how much of the charge has been given back
 * so far. What is not known yet of that is one refund; `refund.created` of the same sum is the same one (RG-39).
 * Older versions carry the refunds themselves.
 */
export function readCharge(charge: unknown, _mapping: unknown, happenedAt: string | null): Found {
  const total = needStripeMoney(
    at(charge, 'amount_refunded'),
    at(charge, 'currency'),
    'data.object.amount_refunded',
  );
  if (total.amountCents === 0) return { kind: 'nothing', words: 'Nothing of this charge has been refunded.' };
  const chargeId = needText(at(charge, 'id'), 'data.object.id');
  return {
    kind: 'refunded_total',
    charge: chargeId,
    totalCents: total.amountCents,
    currency: total.currency,
    full: at(charge, 'refunded') === true,
    named: list(at(charge, 'refunds', 'data'))
      .filter((one) => !FAILED.has(text(one.status) ?? ''))
      .map((one) => refundIn(one, happenedAt)),
    keys: keysOf([
      ['charge', chargeId],
      ['payment_intent', at(charge, 'payment_intent')],
      ['invoice', at(charge, 'invoice')],
    ]),
    occurredAt: happenedAt,
  };
}

/** Ends in which no money goes back. */
const FAILED = new Set(['failed', 'canceled']);
const UNDER_WAY = new Set(['pending', 'requires_action', 'succeeded']);

/** `refund.created`, `refund.updated`, `refund.failed`: one refund with its id and where it stands. */
export function readRefund(refund: unknown, _mapping: unknown, happenedAt: string | null): Found {
  const status = text(at(refund, 'status'));
  const found = refundIn(refund, happenedAt);
  if (status !== null && FAILED.has(status))
    return {
      kind: 'reversal',
      refundId: found.refundId,
      reversal: 'failed',
      keys: found.keys,
      refund: found,
      occurredAt: happenedAt,
    };
  if (status !== null && !UNDER_WAY.has(status))
    throw new EventFault(
      'data.object.status',
      `is ${JSON.stringify(status).slice(0, 60)}, which Stripe's documentation does not name`,
    );
  return found;
}

function refundIn(refund: unknown, happenedAt: string | null): FoundRefund {
  const reason = text(at(refund, 'reason'));
  return {
    kind: 'refund',
    refundId: needText(at(refund, 'id'), 'data.object.id'),
    refundKind: 'refund',
    ...needStripeMoney(at(refund, 'amount'), at(refund, 'currency'), 'data.object.amount'),
    full: null,
    keys: paymentKeys(refund),
    occurredAt: secondsToIso(at(refund, 'created')) ?? happenedAt,
    note: noteOf(reason),
    ask: null,
    onlyIfConverted: false,
  };
}

const noteOf = (reason: string | null): string | null =>
  reason && /^[a-z_]{1,60}$/.test(reason) ? `Stripe names the reason ${reason}` : null;

const paymentKeys = (from: unknown): PaymentKey[] =>
  keysOf([
    ['charge', at(from, 'charge')],
    ['payment_intent', at(from, 'payment_intent')],
  ]);

/** A chargeback. One that is only an inquiry (`warning_…`) took no money yet: a person decides. */
export function readDispute(dispute: unknown, _mapping: unknown, happenedAt: string | null): FoundRefund {
  const status = text(at(dispute, 'status')) ?? '';
  return {
    ...refundIn(dispute, happenedAt),
    refundKind: 'chargeback',
    ask: status.startsWith('warning_')
      ? 'The bank asks about this payment but has not taken it back (an inquiry). Dispute the lead or let it pass.'
      : null,
  };
}

/** The end of a chargeback: won, or an inquiry that came to nothing, takes it back; lost changes nothing. */
export function readDisputeEnd(dispute: unknown, _mapping: unknown, happenedAt: string | null): Found {
  const status = text(at(dispute, 'status'));
  if (status === 'won' || status === 'warning_closed')
    return {
      kind: 'reversal',
      refundId: needText(at(dispute, 'id'), 'data.object.id'),
      reversal: 'won',
      keys: paymentKeys(dispute),
      refund: null,
      occurredAt: happenedAt,
    };
  if (status === 'lost')
    return { kind: 'nothing', words: 'The chargeback was lost: it stays as it was reported.' };
  if (status === 'prevented')
    return {
      kind: 'nothing',
      words: 'The chargeback was prevented, mostly by a refund: that refund is told by an event of its own.',
    };
  throw new EventFault(
    'data.object.status',
    `is ${JSON.stringify(status)?.slice(0, 60)}, which is no end of a chargeback`,
  );
}
