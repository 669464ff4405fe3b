import { localTime } from '#app/platform/time-format.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Minutes that one row of the rollups covers. Client-safe. */
export const SPANS = [5, 60, 1440] as const;
export type Span = (typeof SPANS)[number];

/** The longest time a page shows, in ms, and the shortest that can be zoomed to. */
export const LONGEST_MS = 92 * DAY;
const SHORTEST_MS = 15 * MINUTE;

/** How a stretch of time is drawn: rows of `span` minutes added up to bars of `barMs`. */
export interface Layout {
  span: Span;
  barMs: number;
  /** Edges of the bars, in ms since 1970, ascending: one more than there are bars. */
  edges: number[];
}

const SIZES: readonly { upTo: number; span: Span; barMs: number }[] = [
  { upTo: 3 * HOUR, span: 5, barMs: 5 * MINUTE },
  { upTo: 12 * HOUR, span: 5, barMs: 15 * MINUTE },
  { upTo: 48 * HOUR, span: 60, barMs: HOUR },
  { upTo: 9 * DAY, span: 60, barMs: 3 * HOUR },
  { upTo: Number.POSITIVE_INFINITY, span: 1440, barMs: DAY },
];

/**
 * Bars for the time from `from` to `to` (ms), few enough to be told apart and made of rows that answer quickly. Whole
 * bars only: the first and last reach over the edges asked for. Bars of hours follow the reader's clock where its
 * offset is whole hours; days are days of UTC, since that is how they are counted.
 */
export function layOut(from: number, to: number, zone: string): Layout {
  const length = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, to - from));
  const start = to - length;
  const { span, barMs } = SIZES.find((size) => length <= size.upTo) as (typeof SIZES)[number];
  const shift = barMs === DAY ? 0 : Math.floor(offsetOf(start, zone) / HOUR) * HOUR;
  const edges: number[] = [];
  let at = Math.floor((start + shift) / barMs) * barMs - shift;
  while (at < to) {
    edges.push(at);
    at += barMs;
  }
  edges.push(at);
  return { span, barMs, edges };
}

/** What the wall clock of a zone is ahead of UTC, in ms. */
function offsetOf(ms: number, zone: string): number {
  const local = localTime(ms, zone);
  const wall =
    local.dayNumber * DAY + local.hour * HOUR + local.minute * MINUTE + local.second * 1_000 + (ms % 1_000);
  return wall - ms;
}

/** The beginning of the row of `span` minutes that holds `ms`. */
export const rowStart = (ms: number, span: Span): number => Math.floor(ms / (span * MINUTE)) * span * MINUTE;
