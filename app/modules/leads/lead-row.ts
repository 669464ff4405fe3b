import type { Connector, NetworkLead, PostbackInput } from '#app/connectors/types.ts';
import type { RowOf } from '#app/platform/db/dialect.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { CampaignTerms } from './campaign-terms.server.ts';
import { assumedDays, flagsOf, holdOf } from './policy.ts';

/** A postback that the network accepted or had already. */
export interface AcceptedPostback {
  postbackId: string;
  accountId: string;
  conversionId: string;
  connector: Connector;
  input: PostbackInput;
  lead: NetworkLead;
  outcome: 'accepted' | 'duplicate';
  attemptStartedAt: Date;
  /** Start of the first attempt that could have created the lead, this one included; null before any. */
  firstMaySentAt: Date | null;
  /** True where an earlier attempt than this one may have created it. */
  earlierMaySent: boolean;
  conversionCreatedAt: Date;
}

/** Columns of a lead that is opened. */
export const LEAD = {
  id: 'text',
  accountId: 'text',
  networkLeadId: 'text',
  conversionId: 'text',
  postbackId: 'text',
  networkCampaignId: 'text',
  affiliateId: 'text',
  externalId: 'text',
  trackingCode: 'text',
  payoutCents: 'bigint',
  currency: 'text',
  expectedCents: 'bigint',
  flags: 'text',
  status: 'text',
  holdState: 'text',
  holdingPeriodDays: 'int',
  holdAssumed: 'bool',
  heldSince: 'time',
  disputeBy: 'time',
  releasedAt: 'time',
  createdAt: 'time',
  updatedAt: 'time',
} as const;
export type LeadRow = RowOf<typeof LEAD>;

/** Worst case for the start of the hold (RG-33): see DESIGN, "Worst-case deadline". */
function heldSinceOf(
  item: Pick<
    AcceptedPostback,
    'outcome' | 'attemptStartedAt' | 'firstMaySentAt' | 'earlierMaySent' | 'conversionCreatedAt' | 'input'
  >,
): Date {
  if (item.outcome === 'accepted' || item.earlierMaySent) return item.firstMaySentAt ?? item.attemptStartedAt;
  // the network had it though no attempt of ours can have told it: no earlier than the conversion itself
  const occurredAt = new Date(item.input.occurredAt);
  return occurredAt < item.conversionCreatedAt ? occurredAt : item.conversionCreatedAt;
}

/** The row of the lead that an answer opens: its deadline at the worst, what it is expected to pay, its flags. */
export function leadRow(
  item: AcceptedPostback,
  {
    terms,
    shortestDays,
    newId,
    now,
  }: {
    terms: CampaignTerms | undefined;
    shortestDays: number | null;
    newId: (prefix: string) => string;
    now: Date;
  },
): LeadRow {
  const { lead, connector, input } = item;
  const known = terms?.holdingPeriodDays ?? null;
  const holdingPeriodDays =
    known === null ? assumedDays(connector.defaultHoldingPeriodDays, shortestDays) : Number(known);
  const heldSince = heldSinceOf(item);
  const expectedCents = terms
    ? connector.expectedPayoutCents(input.revenueCents, {
        compensationModel: terms.compensationModel,
        payoutPercentage: terms.payoutPercentage,
        payoutPerUnitCents: numberOrNull(terms.payoutPerUnitCents),
      })
    : null;
  const flags = flagsOf({ ref: input.ref, expectedCents }, lead);
  return {
    id: newId('led'),
    accountId: item.accountId,
    networkLeadId: lead.networkLeadId,
    conversionId: item.conversionId,
    postbackId: item.postbackId,
    networkCampaignId: lead.networkCampaignId,
    affiliateId: lead.affiliateId,
    externalId: input.externalId,
    trackingCode: lead.trackingCode,
    payoutCents: lead.payoutCents,
    currency: lead.currency,
    expectedCents,
    flags: flags.length > 0 ? JSON.stringify(flags) : null,
    status: lead.status,
    holdingPeriodDays,
    holdAssumed: known === null,
    heldSince,
    ...holdOf(heldSince, holdingPeriodDays, now),
    createdAt: now,
    updatedAt: now,
  };
}
