import type { Store } from '#app/platform/db/store.server.ts';
import type { LeadView, PracticeRegatta, RawRequest } from '#app/practice/regatta/index.ts';
import type { Place } from './terms.ts';
import type { Scenario } from './types.ts';

/** One request as the network saw it. `acted`: the product cannot exclude that it counted. `clean`: it was answered readably. */
export interface Seen {
  round: number;
  at: number;
  acted: boolean;
  clean: boolean;
  effect: RawRequest['effect'];
}

/** What the product's books say of one order. */
export interface Books {
  postback: string | null;
  lead: { knownAt: number; disputeBy: number | null; holdState: string; payoutCents: number } | null;
  loss: { cause: string; payoutCents: number; currency: string } | null;
  /** Disposition by the provider's refund id. */
  refunds: Map<string, string>;
  /**
   * The product saw less than the network did: a kill cut an attempt off, or a slow machine kept an answer beyond the
   * time limit. What was reckoned from such an attempt may be earlier than what the ledger tells.
   */
  disturbed: boolean;
  /** Attempts that brought no whole answer. */
  unanswered: number;
}

export interface Facts {
  postbacks: Seen[];
  disputes: Seen[];
  /** All leads of the order's id at the network. */
  leads: LeadView[];
  books: Books | null;
}

const groupBy = <T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> => Map.groupBy(rows, key);

function seenFrom(scenario: Scenario, { at, status, fault, effect }: RawRequest): Seen {
  const time = Date.parse(at);
  return {
    round: scenario.times.findLastIndex((start) => start <= time),
    at: time,
    acted: status === null || status >= 500 || status < 300 || fault === 'truncated',
    clean: status !== null && status < 300 && fault === null,
    effect,
  };
}

/** Reads what the network and the product know of every order, once all is over. */
export async function readFacts(
  scenario: Scenario,
  regatta: PracticeRegatta,
  places: readonly Place[],
  store: Store,
): Promise<Map<string, Facts>> {
  const requests = groupBy(
    regatta.ledger({ limit: 100_000 }).requests.filter((one) => one.externalId !== null),
    (one) => one.externalId as string,
  );
  const leads = groupBy(
    places.flatMap(({ campaignId }) => regatta.leads({ campaignId, limit: 100_000 })),
    (lead) => lead.externalId,
  );
  const books = await readBooks(store);
  return new Map(
    scenario.orders.map(({ externalId }) => {
      const seen = requests.get(externalId) ?? [];
      const of = (route: string): Seen[] =>
        seen.filter((one) => one.route === route).map((one) => seenFrom(scenario, one));
      const own = books.get(externalId);
      const broken = seen.filter(
        // 'slow': answered when nobody waited any more
        (one) => one.status === null || one.fault === 'truncated' || one.fault === 'slow',
      );
      if (own && own.unanswered > broken.length) own.disturbed = true;
      const facts = {
        postbacks: of('postback'),
        disputes: of('dispute'),
        leads: leads.get(externalId) ?? [],
        books: own ?? null,
      };
      return [externalId, facts];
    }),
  );
}

async function readBooks(store: Store): Promise<Map<string, Books>> {
  const { prisma } = store;
  const conversions = await prisma.conversion.findMany({ select: { externalId: true, postbackId: true } });
  const messages = await prisma.outboxMessage.findMany({
    select: { id: true, status: true, externalId: true },
  });
  const cut = await prisma.attempt.findMany({
    where: { OR: [{ outcome: 'interrupted' }, { responseStatus: null, outcome: 'retryable' }] },
    select: { messageId: true, outcome: true },
  });
  const leads = groupBy(await prisma.lead.findMany(), (lead) => lead.externalId);
  const losses = new Map((await prisma.loss.findMany()).map((loss) => [loss.leadId, loss]));
  // by the order's number in its id: one that was reversed before its order came never finds it
  const refunds = groupBy(
    await prisma.refund.findMany({ select: { refundId: true, disposition: true } }),
    (refund) => `order_${refund.refundId.split('_')[1]}`,
  );
  const statusOf = new Map(messages.map((one) => [one.id, one.status]));
  const orderOf = new Map(messages.map((one) => [one.id, one.externalId]));
  const cutBy = groupBy(cut, ({ messageId }) => orderOf.get(messageId) ?? '');
  return new Map(
    conversions.map(({ externalId, postbackId }) => {
      const [lead] = leads.get(externalId) ?? [];
      const loss = lead && losses.get(lead.id);
      return [
        externalId,
        {
          postback: postbackId === null ? null : (statusOf.get(postbackId) ?? 'missing'),
          lead: lead
            ? {
                knownAt: lead.createdAt.getTime(),
                disputeBy: lead.disputeBy?.getTime() ?? null,
                holdState: lead.holdState,
                payoutCents: Number(lead.payoutCents),
              }
            : null,
          loss: loss
            ? { cause: loss.cause, payoutCents: Number(loss.payoutCents), currency: loss.currency ?? '' }
            : null,
          refunds: new Map((refunds.get(externalId) ?? []).map((one) => [one.refundId, one.disposition])),
          disturbed: (cutBy.get(externalId) ?? []).some((one) => one.outcome === 'interrupted'),
          unanswered: (cutBy.get(externalId) ?? []).length,
        },
      ];
    }),
  );
}
