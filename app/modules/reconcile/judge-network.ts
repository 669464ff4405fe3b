import { differs, type Money } from './differs.ts';
import { type Known, onePerAccount, type Verdict, worst } from './judge.ts';
import type { Told } from './read-row.ts';
import type { Reason } from './schema.ts';

/** Compares a row of a network's export with the lead or the conversion under its id. */
export function judgeNetwork(told: Told, found: readonly Known[], amountIs: 'revenue' | 'payout'): Verdict {
  if (told.status === 'unpaid')
    return { reason: 'not_paid', detail: null, known: found[0] ?? null, refundId: null, our: null };
  if (found.length === 0)
    return {
      reason: 'network_only',
      detail: 'Leadline knows neither a lead nor a conversion under this id.',
      known: null,
      refundId: null,
      our: null,
    };
  const verdicts = onePerAccount({ ...told, amount: null }, found).map((known) =>
    atNetwork(told, known, amountIs),
  );
  return worst(verdicts, found.length);
}

function atNetwork(told: Told, known: Known, amountIs: 'revenue' | 'payout'): Verdict {
  const { lead, postback } = known;
  const our = ourMoney(known, amountIs);
  const say = (reason: Reason, detail: string | null = null): Verdict => ({
    reason,
    detail,
    known,
    refundId: known.refunds[0]?.id ?? null,
    our,
  });
  if (lead === null) return say('network_only', withoutLead(postback));
  const disputed = lead.holdState === 'disputed';
  if (told.status === 'refunded' && !disputed)
    return say(
      'status_differs',
      `The network says ${told.statusWord ?? 'taken back'}; here the lead is ${lead.holdState}.`,
    );
  if (told.status === 'paid' && disputed)
    return say(
      'status_differs',
      `Disputed here, yet the network's export still counts it${told.statusWord ? ` (${told.statusWord})` : ''}.`,
    );
  const money = differs(told, our, amountIs === 'payout' ? 'the network answered' : 'Leadline reported');
  return money ? say(money.reason, money.words) : say('matched');
}

function ourMoney(known: Known, amountIs: 'revenue' | 'payout'): Money | null {
  const [minor, currency] =
    amountIs === 'payout' ? [known.lead?.payout, known.lead?.currency] : [known.revenue, known.currency];
  return minor == null || currency == null ? null : { minor, currency };
}

function withoutLead(postback: Known['postback']): string {
  if (postback === null) return 'The conversion is here, but had no tracking code and was never sent.';
  return `The conversion is here, but has no lead: its postback is ${postback.status}${postback.errorCode ? ` (${postback.errorCode})` : ''}. Retry it; the network answers that it has it already.`;
}
