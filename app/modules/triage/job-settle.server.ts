import type { Conn } from '#app/platform/db/store.server.ts';
import { type ItemRow, readItems } from './job-items.server.ts';
import { type JobRow, writeItems } from './job-row.server.ts';
import { WINDOW_MAX } from './job-rules.ts';

/** What came of the rows under way since the last step. */
export interface Settled {
  /** The network has them. */
  well: ItemRow[];
  /** The network says that it has them, but gave no data with it. */
  unread: ItemRow[];
  failed: ItemRow[];
  /** Canceled meanwhile, by a refund or a person. */
  dropped: ItemRow[];
  /** Held back again before they left: they wait once more. */
  heldBack: ItemRow[];
  /** How many are still under way. */
  pending: number;
}

/** Reads what is under way and writes down what has settled. `ended`: the job lets nothing go any more. */
export async function settleUnderWay(tx: Conn, job: JobRow, now: Date, ended: boolean): Promise<Settled> {
  const rows = await readItems(tx, job.id, 'under_way', WINDOW_MAX * 2);
  const settled: Settled = { well: [], unread: [], failed: [], dropped: [], heldBack: [], pending: 0 };
  for (const row of rows) {
    const place = placeOf(row);
    if (place === null) settled.pending++;
    else settled[place].push(row);
  }
  const states = {
    well: 'done',
    unread: 'done',
    failed: 'failed',
    dropped: 'skipped',
    heldBack: ended ? 'canceled' : 'waiting',
  };
  await writeItems(
    tx,
    job.id,
    now,
    (['well', 'unread', 'failed', 'dropped', 'heldBack'] as const).flatMap((place) =>
      settled[place].map((row) => ({
        messageId: row.messageId,
        state: states[place],
        outcome: place === 'heldBack' ? null : place === 'dropped' ? 'canceled meanwhile' : row.status,
        attempts: row.attempts,
      })),
    ),
  );
  return settled;
}

function placeOf(row: ItemRow): 'well' | 'unread' | 'failed' | 'dropped' | 'heldBack' | null {
  switch (row.status) {
    case 'delivered':
    case 'duplicate':
    case 'test':
      return row.unread ? 'unread' : 'well';
    case 'failed':
    case 'exhausted':
      return 'failed';
    case 'canceled':
      return 'dropped';
    case 'parked':
      return 'heldBack';
    default:
      return null;
  }
}

/** The job's numbers after that. */
export const countsAfter = (
  job: JobRow,
  settled: Settled,
): Pick<JobRow, 'started' | 'succeeded' | 'failed' | 'skipped'> => ({
  started: job.started - settled.heldBack.length - settled.dropped.length,
  succeeded: job.succeeded + settled.well.length + settled.unread.length,
  failed: job.failed + settled.failed.length,
  skipped: job.skipped + settled.dropped.length,
});

/** Whether anything settled at all. */
export const anySettled = ({ well, unread, failed, dropped, heldBack }: Settled): boolean =>
  well.length + unread.length + failed.length + dropped.length + heldBack.length > 0;

/** "404 NOT_FOUND", as far as it is known. */
export const answerWords = (row: Pick<ItemRow, 'httpStatus' | 'errorCode' | 'status'>): string =>
  [row.httpStatus, row.errorCode ?? (row.httpStatus === null ? row.status : null)].filter(Boolean).join(' ');
