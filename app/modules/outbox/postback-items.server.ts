import type { Connector } from '#app/connectors/types.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import { type Param, parameters } from '#app/platform/db/parameters.server.ts';
import { explainMessage } from './explain-message.ts';
import type { PostbackItem, PostbackOrder } from './postback-schema.ts';
import type { MessageKind, MessageStatus } from './schema.ts';

/** Finds the connector of an account; given by the composition root. */
export type ConnectorFor = (accountId: string) => Promise<Connector>;

/** A message as the store answers it, with what lists show beside it. */
export interface PostbackRow {
  id: string;
  kind: MessageKind;
  status: MessageStatus;
  accountId: string;
  dueAt: Date;
  attempts: number | bigint;
  step: number | bigint;
  httpStatus: number | bigint | null;
  errorCode: string | null;
  errorMessage: string | null;
  payoutCents: number | bigint | null;
  revenueCents: number | bigint | null;
  currency: string | null;
  externalId: string;
  ref: string | null;
  eventType: string | null;
  network: string | null;
  networkCampaignId: string | null;
  campaignName: string | null;
  affiliateId: string | null;
  leadId: string | null;
  conversionId: string | null;
  cancelReason: string | null;
  createdAt: Date;
  settledAt: Date | null;
  issueId: string | null;
  breakerId: string | null;
  heldReason: string | null;
  acknowledgedAt: Date | null;
  expectedCents: number | bigint | null;
  expectedCurrency: string | null;
  revenueCurrency: string | null;
}

const OWN = [
  'id',
  'kind',
  'status',
  'accountId',
  'dueAt',
  'attempts',
  'step',
  'httpStatus',
  'errorCode',
  'errorMessage',
  'payoutCents',
  'revenueCents',
  'currency',
  'externalId',
  'ref',
  'eventType',
  'networkCampaignId',
  'conversionId',
  'cancelReason',
  'createdAt',
  'settledAt',
  'issueId',
  'breakerId',
  'acknowledgedAt',
  'expectedCents',
  'expectedCurrency',
]
  .map((column) => `m."${column}"`)
  .join(', ');

/** Rows of the page whose ids the statement `ids` answers, in that order, with what stands beside them. */
export async function readRows(
  ctx: Pick<Ctx, 'store'>,
  ids: (param: Param) => string,
  order: PostbackOrder,
): Promise<PostbackRow[]> {
  const { args, param } = parameters(ctx.store.dialect);
  const direction = order === 'newest' ? 'DESC' : 'ASC';
  // CROSS JOIN keeps SQLite at this order: the page first, then its rows
  const text = `WITH page AS (${ids(param)})
    SELECT ${OWN}, a."name" AS "network", c."name" AS "campaignName", v."currency" AS "revenueCurrency", k."reason" AS "heldReason",
      (SELECT l."affiliateId" FROM "Lead" l WHERE l."conversionId" = m."conversionId" LIMIT 1) AS "affiliateId",
      (SELECT l."id" FROM "Lead" l WHERE l."conversionId" = m."conversionId" LIMIT 1) AS "leadId"
    FROM page CROSS JOIN "OutboxMessage" m
      LEFT JOIN "Conversion" v ON v."id" = m."conversionId"
      LEFT JOIN "Breaker" k ON k."id" = m."breakerId" AND m."status" = 'parked'
      LEFT JOIN "NetworkAccount" a ON a."id" = m."accountId"
      LEFT JOIN "Campaign" c ON c."accountId" = m."accountId" AND c."networkCampaignId" = m."networkCampaignId"
    WHERE m."id" = page."id" ORDER BY m."id" ${direction}`;
  return ctx.store.query<PostbackRow>(text, ...args);
}

/** Rows as they are told: explained, with plain numbers and ISO times. */
export async function toItems(
  rows: readonly PostbackRow[],
  connectorFor: ConnectorFor,
): Promise<PostbackItem[]> {
  const connectors = new Map<string, Connector>();
  for (const id of new Set(rows.map((row) => row.accountId))) connectors.set(id, await connectorFor(id));
  return rows.map(({ accountId, ...row }) => {
    const connector = connectors.get(accountId) as Connector;
    const why = explainMessage(connector, { ...row, httpStatus: numberOrNull(row.httpStatus) });
    return {
      ...row,
      network: row.network ?? 'unknown',
      connector: connector.label,
      reason: why?.short ?? null,
      retry: why?.retry ?? null,
      whatToDo: why?.whatToDo ?? null,
      attempts: Number(row.attempts),
      step: Number(row.step),
      httpStatus: numberOrNull(row.httpStatus),
      payoutCents: numberOrNull(row.payoutCents),
      revenueCents: numberOrNull(row.revenueCents),
      dueAt: row.dueAt.toISOString(),
      createdAt: row.createdAt.toISOString(),
      settledAt: row.settledAt?.toISOString() ?? null,
      acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
      expectedCents: numberOrNull(row.expectedCents),
      revenueCurrency: row.revenueCurrency ?? row.currency,
    };
  });
}
