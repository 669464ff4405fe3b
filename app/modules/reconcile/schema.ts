import { z } from 'zod';

/** Words of reconciliation that the console shares with the server. Client-safe. */

/** Bytes, rows and columns that a file may have, and characters of one row. */
export const FILE_MAX_BYTES = 256 * 1024 * 1024;
export const FILE_MAX_ROWS = 2_000_000;
export const FILE_MAX_COLUMNS = 200;
export const ROW_MAX_CHARS = 64 * 1024;
/** Rows that a trial looks at. */
export const TRIAL_ROWS = 100;

/** billing: orders or payments of one's own books. network: what a network says it has. */
export const SOURCES = ['billing', 'network'] as const;
export type Source = (typeof SOURCES)[number];

export const RUN_STATES = [
  'uploading',
  'draft',
  'running',
  'comparing',
  'done',
  'failed',
  'canceled',
  'deleting',
] as const;
export type RunState = (typeof RUN_STATES)[number];
/** States in which the runner works on it. */
export const WORKING: readonly RunState[] = ['running', 'comparing'];

/** What came of a row, what needs a person first. */
export const REASONS = [
  'refunded_not_disputed',
  'status_differs',
  'never_captured',
  'not_reported',
  'no_ref',
  'failed',
  'parked',
  'network_only',
  'leadline_only',
  'refund_differs',
  'amount_differs',
  'other_currency',
  'duplicate',
  'unreadable',
  'waiting',
  'not_paid',
  'matched',
] as const;
export type Reason = (typeof REASONS)[number];
/** Reasons that are no gap: nobody has to do anything. */
export const SETTLED: readonly Reason[] = ['matched', 'not_paid', 'waiting'];
export const GAPS: readonly Reason[] = REASONS.filter((reason) => !SETTLED.includes(reason));

/** order: what was reported as externalId. payment: session, payment intent, charge, invoice… lead: the network's own. */
export const ID_KINDS = ['order', 'payment', 'either', 'lead'] as const;
export type IdKind = (typeof ID_KINDS)[number];

/** iso: year first. dmy, mdy: day or month first. unix: seconds or milliseconds since 1970. */
export const TIME_FORMATS = ['iso', 'dmy', 'mdy', 'unix'] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

/** paid: it counts. refunded: given back, or disputed at the network. unpaid: left out. */
export const STATUS_MEANINGS = ['paid', 'refunded', 'unpaid'] as const;
export type StatusMeaning = (typeof STATUS_MEANINGS)[number];

/** Status words whose meaning a mapping may say. */
export const STATUS_WORDS_MAX = 40;

const column = z.int().min(0).max(FILE_MAX_COLUMNS).nullable();
const statusWord = z.string().max(200);

/** Which column is what. Columns are counted from 0; null: the file has none. */
export const mappingSchema = z.strictObject({
  id: z.int({ error: 'Choose the column that holds the id.' }).min(0).max(FILE_MAX_COLUMNS),
  idKind: z.enum(ID_KINDS),
  /** A second id, asked for where nothing is known under the first: of a payment beside orders, and the other way round. */
  otherId: column.default(null),
  /** The network account meant; null: any. Leads are looked for in one account. */
  accountId: z.string().max(64).nullable(),
  amount: column,
  /** What the amounts are: the order's revenue, or the payout of its lead. */
  amountIs: z.enum(['revenue', 'payout']),
  unit: z.enum(['major', 'minor']),
  decimal: z.enum(['.', ',']),
  currency: column,
  /** The currency of rows that name none. */
  currencyForAll: z
    .string()
    .regex(/^[A-Z]{3}$/, 'A currency is three capital letters, e.g. USD.')
    .nullable(),
  refunded: column,
  time: column,
  timeFormat: z.enum(TIME_FORMATS),
  /** Times without an offset are read in this zone. */
  zone: z.string().max(64),
  status: column,
  /** What each word in the status column means; others go by their own sense. */
  statusWords: z
    .array(z.tuple([statusWord, z.enum(STATUS_MEANINGS)]))
    .max(STATUS_WORDS_MAX, `At most ${STATUS_WORDS_MAX} status words.`),
});
export type Mapping = z.output<typeof mappingSchema>;

/** A row as it was read: its line in the file (counted from 1) and its cells. */
export type FileRow = readonly [line: number, cells: readonly string[]];

/** Count and money of one reason in one currency ('' where there is none). Money is integer minor units. */
export interface ReasonTotal {
  reason: Reason;
  currency: string;
  count: number;
  /** Sum of the file's amounts; for `leadline_only` of Leadline's. */
  minor: number;
}

/** One reconciliation. Times are UTC ISO. */
export interface RunView {
  id: number;
  name: string;
  source: Source;
  state: RunState;
  stateReason: string | null;
  bytes: number;
  rowCount: number;
  rowsDone: number;
  /** Rows written down, those of the other direction included. */
  found: number;
  gaps: number;
  fromAt: string | null;
  toAt: string | null;
  totals: ReasonTotal[];
  createdByName: string;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

export interface RunDetail extends RunView {
  delimiter: string;
  header: string[];
  mapping: Mapping | null;
}

/** One row of the result. */
export interface ResultRow {
  n: number;
  line: number | null;
  key: string;
  refundLine: boolean;
  reason: Reason;
  detail: string | null;
  amountMinor: number | null;
  currency: string | null;
  ourMinor: number | null;
  ourCurrency: string | null;
  refundedMinor: number | null;
  occurredAt: string | null;
  conversionId: string | null;
  postbackId: string | null;
  leadId: string | null;
  refundId: string | null;
}
