import type { Connector } from '#app/connectors/types.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { explainMessage } from './explain-message.ts';
import { resolveFilter } from './find-postbacks.server.ts';
import {
  type PageBounds,
  type Param,
  parameters,
  type ResolvedFilter,
} from './postback-conditions.server.ts';
import type { PostbackFilter, PostbackItem, PostbackOrder } from './postback-schema.ts';
import { idsSql } from './postback-sql.server.ts';
import type { MessageKind, MessageStatus } from './schema.ts';
import { lookedThrough } from './walk-postbacks.server.ts';

/** Finds the connector of an account; given by the composition root. */
export type ConnectorFor = (accountId: string) => Promise<Connector>;

export interface ListPostbacksInput {
  /** A filter by `text` must be resolved by the caller, who has the search. */
  filter: PostbackFilter;
  /** The same filter, looked up already (resolveFilter). */
  resolved?: ResolvedFilter | undefined;
  /** 1–200. */
  limit: number;
  order?: PostbackOrder | undefined;
  /** Cursors: the id of the last row of the page before, or of the first row of the page after. */
  after?: string | undefined;
  before?: string | undefined;
  /** Leaves out what is newer than this id: how a page keeps its rows in place while new ones arrive. */
  top?: string | undefined;
  /** Rows to look through for one page where no index knows the filter; LOOK_CAP where left out. */
  look?: number | undefined;
}

export interface PostbackPage {
  items: PostbackItem[];
  /** Cursor for `after`, or null at the end. */
  nextAfter: string | null;
  /** Cursor for `before`, or null at the start. */
  prevBefore: string | null;
  /** The page is short because so many rows were looked through (LOOK_CAP); the cursor goes on from here. */
  lastLooked: string | null;
}

interface Row {
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

/** One page of messages, newest first where `order` is left out. Reads neither bodies nor payloads. */
export async function listPostbacks(
  ctx: Pick<Ctx, 'store'>,
  connectorFor: ConnectorFor,
  input: ListPostbacksInput,
): Promise<PostbackPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit), 1), 200);
  const order = input.order ?? 'newest';
  const backwards = input.before !== undefined;
  // a page before the cursor is read from the cursor backwards, then turned round
  const walk = backwards ? (order === 'newest' ? 'oldest' : 'newest') : order;
  const cursor = input.before ?? input.after;
  const bound = cursor === undefined ? {} : walk === 'newest' ? { below: cursor } : { above: cursor };
  const filter = input.resolved ?? (await resolveFilter(ctx, input.filter));
  const bounds = { order: walk, limit: limit + 1, ...bound, atMost: input.top } as const;
  const read = {
    run: (within: PageBounds) =>
      readRows(ctx, (param) => idsSql(ctx.store.dialect, filter, within, param), walk),
    enough: (found: Row[]) => found.length > limit,
  };
  const { found: rows, lastLooked } = await lookedThrough(ctx.store, filter, bounds, read, input.look);
  const more = rows.length > limit;
  const page = rows.slice(0, limit);
  if (backwards) page.reverse();
  const items = await toItems(page, connectorFor);
  const [first, last] = [items.at(0)?.id ?? lastLooked, items.at(-1)?.id ?? lastLooked];
  return {
    items,
    nextAfter: backwards || more ? last : lastLooked,
    prevBefore: backwards ? (more ? first : lastLooked) : input.after === undefined ? null : first,
    lastLooked,
  };
}

/** One message as lists show it, or null. */
export async function readItem(
  ctx: Pick<Ctx, 'store'>,
  connectorFor: ConnectorFor,
  kind: MessageKind,
  id: string,
): Promise<PostbackItem | null> {
  const rows = await readRows(
    ctx,
    (param) =>
      idsSql(ctx.store.dialect, { kind, ids: [id], accountIds: null }, { order: 'newest', limit: 1 }, param),
    'newest',
  );
  return (await toItems(rows, connectorFor))[0] ?? null;
}

async function readRows(
  ctx: Pick<Ctx, 'store'>,
  ids: (param: Param) => string,
  order: PostbackOrder,
): Promise<Row[]> {
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
  return ctx.store.query<Row>(text, ...args);
}

/** Rows as they are told: explained, with plain numbers and ISO times. */
async function toItems(rows: readonly Row[], connectorFor: ConnectorFor): Promise<PostbackItem[]> {
  const connectors = new Map<string, Connector>();
  for (const id of new Set(rows.map((row) => row.accountId))) connectors.set(id, await connectorFor(id));
  return rows.map(({ accountId, ...row }) => {
    const connector = connectors.get(accountId) as Connector;
    const why = explainMessage(connector, { ...row, httpStatus: num(row.httpStatus) });
    return {
      ...row,
      network: row.network ?? 'unknown',
      connector: connector.label,
      reason: why?.short ?? null,
      retry: why?.retry ?? null,
      whatToDo: why?.whatToDo ?? null,
      attempts: Number(row.attempts),
      step: Number(row.step),
      httpStatus: num(row.httpStatus),
      payoutCents: num(row.payoutCents),
      revenueCents: num(row.revenueCents),
      dueAt: row.dueAt.toISOString(),
      createdAt: row.createdAt.toISOString(),
      settledAt: row.settledAt?.toISOString() ?? null,
      acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
      expectedCents: num(row.expectedCents),
      revenueCurrency: row.revenueCurrency ?? row.currency,
    };
  });
}

const num = (value: number | bigint | null): number | null => (value === null ? null : Number(value));
