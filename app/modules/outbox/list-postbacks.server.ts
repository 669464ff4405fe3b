import type { Connector } from '#app/connectors/types.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { explainMessage } from './explain-message.ts';
import { resolveFilter } from './find-postbacks.server.ts';
import type { PostbackFilter, PostbackItem, PostbackOrder } from './postback-schema.ts';
import { idsSql, parameters } from './postback-sql.server.ts';
import type { MessageKind, MessageStatus } from './schema.ts';

/** Finds the connector of an account; given by the composition root. */
export type ConnectorFor = (accountId: string) => Promise<Connector>;

export interface ListPostbacksInput {
  filter: PostbackFilter;
  /** 1–200. */
  limit: number;
  order?: PostbackOrder | undefined;
  /** Cursors: the id of the last row of the page before, or of the first row of the page after. */
  after?: string | undefined;
  before?: string | undefined;
  /** Leaves out what is newer than this id: how a page keeps its rows in place while new ones arrive. */
  top?: string | undefined;
}

export interface PostbackPage {
  items: PostbackItem[];
  /** Cursor for `after`, or null at the end. */
  nextAfter: string | null;
  /** Cursor for `before`, or null at the start. */
  prevBefore: string | null;
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
  const filter = await resolveFilter(ctx, input.filter);
  const rows = await readRows(
    ctx,
    (param) =>
      idsSql(
        ctx.store.dialect,
        filter,
        { order: walk, limit: limit + 1, ...bound, atMost: input.top },
        param,
      ),
    walk,
  );
  const more = rows.length > limit;
  const page = rows.slice(0, limit);
  if (backwards) page.reverse();
  const items = await toItems(page, connectorFor);
  const [first, last] = [items.at(0)?.id ?? null, items.at(-1)?.id ?? null];
  return {
    items,
    nextAfter: backwards || more ? last : null,
    prevBefore: (backwards ? more : input.after !== undefined) ? first : null,
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
  ids: (param: (value: unknown) => string) => string,
  order: PostbackOrder,
): Promise<Row[]> {
  const { args, param } = parameters(ctx.store.dialect);
  const direction = order === 'newest' ? 'DESC' : 'ASC';
  // CROSS JOIN keeps SQLite at this order: the page first, then its rows
  const text = `WITH page AS (${ids(param)})
    SELECT ${OWN}, a."name" AS "network", c."name" AS "campaignName",
      (SELECT l."affiliateId" FROM "Lead" l WHERE l."conversionId" = m."conversionId" LIMIT 1) AS "affiliateId",
      (SELECT l."id" FROM "Lead" l WHERE l."conversionId" = m."conversionId" LIMIT 1) AS "leadId"
    FROM page CROSS JOIN "OutboxMessage" m
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
    };
  });
}

const num = (value: number | bigint | null): number | null => (value === null ? null : Number(value));
