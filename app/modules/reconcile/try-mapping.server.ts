import { can } from '#app/modules/operators/index.server.ts';
import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { isZone } from '#app/platform/time-format.ts';
import { type Judged, judgeRows } from './judge-rows.server.ts';
import { getRun } from './list-runs.server.ts';
import { pieceOf, resultOf, viewOf } from './rows.server.ts';
import {
  type FileRow,
  type Mapping,
  type ReasonTotal,
  type ResultRow,
  type RunDetail,
  STATUS_WORDS_MAX,
  type StatusMeaning,
  TRIAL_ROWS,
} from './schema.ts';
import { senseOf } from './status-words.ts';
import { addToTotals } from './totals.ts';

/** What the first rows of a file come to under its mapping. */
export interface Trial {
  rows: ResultRow[];
  totals: ReasonTotal[];
  /** For each column, what its first rows hold. */
  samples: string[];
  /** Words of the status column with what they mean; null where a person has to say. */
  statusWords: { word: string; meaning: StatusMeaning | null }[];
}

/** The mapping must fit the file and what is configured. Throws VALIDATION_ERROR with what to change. */
export async function checkMapping(
  ctx: Pick<Ctx, 'store'>,
  mapping: Mapping,
  run: Pick<RunDetail, 'header' | 'source'>,
): Promise<void> {
  const refuse = (path: string, message: string): never => {
    throw new AppError('VALIDATION_ERROR', message, { details: [{ path, message }] });
  };
  const columns = [
    mapping.id,
    mapping.otherId,
    mapping.amount,
    mapping.currency,
    mapping.refunded,
    mapping.time,
    mapping.status,
  ];
  if (columns.some((at) => at !== null && at >= run.header.length))
    refuse('id', 'The file has no such column. Load the page again.');
  if (!isZone(mapping.zone)) refuse('zone', `"${mapping.zone}" is no time zone, e.g. Europe/Berlin.`);
  if (mapping.idKind === 'lead' && mapping.accountId === null)
    refuse('accountId', "A network's ids of leads are its own: choose the account they belong to.");
  if (run.source === 'network' && mapping.accountId === null)
    refuse(
      'accountId',
      'A network tells of one account: choose the account, else the leads of all others would be missing here.',
    );
  if (mapping.accountId !== null) {
    const account = await ctx.store.prisma.networkAccount.findUnique({ where: { id: mapping.accountId } });
    if (!account) refuse('accountId', 'There is no such network account any more.');
  }
  if (
    (mapping.amount ?? mapping.refunded) !== null &&
    mapping.currency === null &&
    mapping.currencyForAll === null
  )
    refuse('currencyForAll', 'Amounts need a currency: choose its column, or one for all rows.');
  const known =
    mapping.currencyForAll === null || Intl.supportedValuesOf('currency').includes(mapping.currencyForAll);
  if (!known) refuse('currencyForAll', `"${mapping.currencyForAll}" is no currency, e.g. USD.`);
}

/**
 * Reads and judges the first TRIAL_ROWS rows of a file as its mapping says, and writes nothing. Duplicates are seen
 * among these rows only. `samples` is empty for a reader who may not map it: columns that are not mapped may hold what
 * nobody else is to see. Null where the file was worked off already. Throws NOT_FOUND.
 */
export async function tryMapping(
  ctx: Pick<Ctx, 'store'>,
  id: number,
  reader: Pick<Actor, 'role'>,
): Promise<Trial | null> {
  const run = await getRun(ctx, id);
  const piece = run.mapping === null ? null : await pieceOf(ctx.store, id, 0);
  if (run.mapping === null || piece === null) return null;
  const rows = piece.slice(0, TRIAL_ROWS);
  const judged = await judgeRows(ctx.store, {
    source: run.source,
    mapping: run.mapping,
    columns: run.header.length,
    rows,
    accountIds: await accountIds(ctx),
    earlier: async () => new Map(),
  });
  const results = judged.map((row: Judged, at) =>
    viewOf(resultOf(row, id, at + 1) as Parameters<typeof viewOf>[0]),
  );
  return {
    rows: results,
    totals: addToTotals([], results),
    samples: can(reader.role, 'reconcile') ? run.header.map((_name, at) => samplesOf(rows, at)) : [],
    statusWords: statusWordsOf(rows, run.mapping, run.source),
  };
}

/** The network accounts there are. */
export async function accountIds(ctx: Pick<Ctx, 'store'>): Promise<string[]> {
  const rows = await ctx.store.prisma.networkAccount.findMany({ select: { id: true } });
  return rows.map(({ id }) => id);
}

function samplesOf(rows: readonly FileRow[], at: number): string {
  const values = rows.map(([, cells]) => (cells[at] ?? '').trim()).filter((text) => text !== '');
  return [...new Set(values)]
    .slice(0, 3)
    .map((text) => text.slice(0, 40))
    .join(' \u00b7 ');
}

function statusWordsOf(
  rows: readonly FileRow[],
  { status, statusWords }: Mapping,
  source: RunDetail['source'],
): Trial['statusWords'] {
  if (status === null) return [];
  const said = new Map(statusWords);
  const words = rows.map(([, cells]) => (cells[status] ?? '').trim().slice(0, 200).toLowerCase());
  return [...new Set([...words, ...said.keys()])]
    .filter((word) => word !== '')
    .slice(0, STATUS_WORDS_MAX)
    .map((word) => ({ word, meaning: said.get(word) ?? senseOf(word, source) }));
}
