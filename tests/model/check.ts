import type { PracticeRegatta } from '#app/practice/regatta/index.ts';
import type { Facts } from './facts.ts';
import { judgeOrder } from './model.ts';
import { payoutOf, TERMS } from './terms.ts';
import type { Log, Order, Scenario, Terms } from './types.ts';

export interface Problem {
  order: number | null;
  words: string;
}
export interface Report {
  problems: Problem[];
  /** Minor units by currency. */
  paid: Record<string, number>;
  losses: Record<string, number>;
  counts: Record<string, number>;
}

/** Compares the network's ledger and the product's books with the model, order by order and to the cent. */
export function check(
  scenario: Scenario,
  facts: ReadonlyMap<string, Facts>,
  log: Log,
  network: { regatta: PracticeRegatta; wallet: number },
): Report {
  const report: Report = {
    problems: log.problems.map((words) => ({ order: null, words })),
    paid: {},
    losses: {},
    counts: {},
  };
  const owed: Record<string, number> = {};
  let fromWallet = 0;
  for (const order of scenario.orders) {
    const terms = TERMS[order.terms] as Terms;
    const own = facts.get(order.externalId) as Facts;
    const { words, kept } = checkOrder(scenario, order, terms, own, { log, counts: report.counts });
    for (const text of words) report.problems.push({ order: order.n, words: `${order.externalId}: ${text}` });
    const paid = own.leads
      .filter((lead) => lead.status === 'VERIFIED')
      .reduce((sum, lead) => sum + lead.payoutCents, 0);
    const lost = own.books?.loss?.payoutCents ?? 0;
    fromWallet += paid;
    add(report.paid, terms.currency, paid);
    add(report.losses, terms.currency, lost);
    add(owed, terms.currency, lost + (kept ? payoutOf(terms, order.revenue) : 0));
  }
  for (const [currency, sum] of Object.entries(report.paid))
    if (sum !== owed[currency])
      report.problems.push({
        order: null,
        words: `The network pays ${sum} ${currency} minor units; unrefunded conversions and losses come to ${owed[currency]}`,
      });
  const spent = network.wallet - (network.regatta.state().advertisers[0]?.availableCents ?? 0);
  if (spent !== fromWallet)
    report.problems.push({ order: null, words: `${spent} left the wallet, the leads come to ${fromWallet}` });
  return report;
}

const add = (sums: Record<string, number>, key: string, value: number): void => {
  sums[key] = (sums[key] ?? 0) + value;
};

/** What is wrong with one order, and whether its affiliate is to be paid because nothing was given back. */
function checkOrder(
  scenario: Scenario,
  order: Order,
  terms: Terms,
  facts: Facts,
  { log, counts }: { log: Log; counts: Record<string, number> },
): { words: string[]; kept: boolean } {
  const { books, leads } = facts;
  if (!books) return { words: ['was acknowledged and is not there'], kept: false };
  const words = told(order, facts, books.refunds);
  const [lead] = leads;
  if (leads.length > 1) words.push(`has ${leads.length} leads at the network`);
  if (lead && lead.payoutCents !== payoutOf(terms, order.revenue))
    words.push(`pays ${lead.payoutCents}, by its terms ${payoutOf(terms, order.revenue)}`);
  const verdict = judgeOrder(scenario, order, terms, facts, log);
  words.push(...verdict.problems);
  const is = !lead ? 'nothing' : lead.status === 'DISPUTED' ? 'taken' : 'paid';
  add(counts, `${verdict.is} → ${is}${books.loss ? `, ${books.loss.cause}` : ''}`, 1);
  const causes = [...verdict.causes].join(' or ') || 'none';
  const said = `the model says ${verdict.is}${verdict.tooLate ? ' (reversed too late)' : ''}, the network ${is}, the books ${books.loss?.cause ?? 'no loss'} (causes allowed: ${causes})`;
  if (books.loss && is !== 'paid') words.push(`a loss of what is not paid: ${said}`);
  if (books.loss && lead && books.loss.payoutCents !== lead.payoutCents)
    words.push(`the loss is ${books.loss.payoutCents}, the payout ${lead.payoutCents}`);
  if (books.loss && verdict.is !== 'open' && !verdict.causes.has(books.loss.cause))
    words.push(`wrong cause: ${said}`);
  if (is === 'taken') words.push(...reasonOf(order, lead?.disputeReason ?? ''));
  words.push(...settledOnce(facts));
  if (order.code !== 'good') {
    if (lead) words.push('has a lead without a code');
    return { words, kept: false };
  }
  if (is === 'nothing') words.push(...nothingSent(facts, books.postback));
  if (verdict.is === 'open') return { words, kept: is === 'paid' && !books.loss };
  if (verdict.is === 'kept') {
    if (is !== 'paid' && !verdict.tooLate) words.push(`is not paid: ${said}`);
    if (books.loss) words.push(`a loss of what is owed: ${said}`);
    return { words, kept: is === 'paid' };
  }
  if (is === 'paid' && !books.loss) words.push(`is paid, and no loss says so: ${said}`);
  if (verdict.is === 'lost' && is !== 'paid') words.push(`was to be lost: ${said}`);
  return { words, kept: false };
}

/** An order's whole story, for whoever must find out what went wrong. */
export function tellStory(scenario: Scenario, order: Order, facts: Facts, log: Log): string {
  const round = (at: number): number => scenario.times.findLastIndex((start) => start <= at);
  const { books } = facts;
  const seen = (list: Facts['postbacks']): string =>
    list
      .map((one) => `${one.round}:${one.effect}${one.clean ? '' : one.acted ? '(lost)' : '(refused)'}`)
      .join(' ') || 'none';
  return [
    `plan: ${JSON.stringify(order)}`,
    `terms: ${JSON.stringify(TERMS[order.terms])}`,
    `postbacks by round: ${seen(facts.postbacks)}; disputes: ${seen(facts.disputes)}`,
    `decisions: ${JSON.stringify(log.decisions.filter((one) => order.refunds.some(({ id }) => id === one.refundId)))}; by hand: ${JSON.stringify(log.hands.get(order.externalId) ?? null)}`,
    `batches: ${JSON.stringify(log.bulks.filter((one) => one.externalId === order.externalId))}; second person: ${JSON.stringify(log.seconds.filter((one) => one.externalId === order.externalId))}`,
    `reversals: ${JSON.stringify(order.refunds.map(({ id }) => log.reversals.get(id) ?? null))}`,
    `leads: ${JSON.stringify(facts.leads.map(({ status, acceptedAt, releasesAt, disputedAt }) => ({ status, acceptedAt: round(Date.parse(acceptedAt)), releasesAt: round(Date.parse(releasesAt)), disputedAt: disputedAt && round(Date.parse(disputedAt)) })))}`,
    `books: ${JSON.stringify({ ...books, refunds: [...(books?.refunds ?? [])], lead: books?.lead && { ...books.lead, knownAt: round(books.lead.knownAt), disputeBy: books.lead.disputeBy && round(books.lead.disputeBy) } })}`,
  ].join('\n  ');
}

/** Every acknowledged refund is there, and settled. */
function told(order: Order, { postbacks, books }: Facts, known: ReadonlyMap<string, string>): string[] {
  const moving = ['unmatched', 'in_grace', 'disputing', 'manual'];
  if (order.code !== 'wrong') moving.push('awaiting_lead', 'needs_review');
  // with a code that the network does not know there is no lead to wait for, unless an answer was lost before
  else if (!books?.disturbed && !postbacks.some((one) => one.acted)) moving.push('awaiting_lead');
  return order.refunds.flatMap(({ id }) => {
    const disposition = known.get(id);
    if (!disposition) return [`refund ${id} was acknowledged and is not there`];
    return moving.includes(disposition) ? [`refund ${id} is still ${disposition}`] : [];
  });
}

function reasonOf(order: Order, reason: string): string[] {
  const ids = order.refunds.map(({ id }) => `${id},`);
  const byHand = [`Seen by hand: ${order.externalId}`, ...(order.hand?.bulk ? [bulkReason(order)] : [])];
  const fits =
    ids.some((id) => reason.includes(` ${id}`)) ||
    order.refunds.some(({ id }) => reason.startsWith(bulkReason(order)) && reason.endsWith(` ${id})`)) ||
    byHand.includes(reason);
  return fits ? [] : [`was disputed with the reason "${reason}", which names none of its refunds`];
}

const bulkReason = ({ externalId }: Order): string => `Seen in bulk: ${externalId}`;

/** What the network took back the books say so, and after a whole answer nothing is sent again. */
function settledOnce({ disputes, leads, books }: Facts): string[] {
  const words: string[] = [];
  const taken = leads[0]?.status === 'DISPUTED';
  if (taken && books?.lead?.holdState !== 'disputed')
    words.push(`was taken back, and the books still say ${books?.lead?.holdState}`);
  const answered = disputes.findIndex((one) => one.clean);
  if (answered !== -1 && answered < disputes.length - 1 && !books?.disturbed)
    words.push('was disputed again after the network had answered');
  if (disputes.filter((one) => one.effect === 'disputed').length > 1)
    words.push('was taken back more than once');
  return words;
}

function nothingSent({ postbacks }: Facts, status: string | null): string[] {
  if (status !== 'canceled') return [`has no lead and its postback is ${status}`];
  return postbacks.some((one) => one.acted) ? ['was canceled though the network may have had it'] : [];
}
