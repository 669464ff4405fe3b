import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import { POSTBACK_STATUSES } from '#app/modules/outbox/schema.ts';
import type { JobKind } from './schema.ts';
import { unreadSql } from './unread-sql.server.ts';

/** What decides whether a bulk job may act on a postback. */
export interface Actable {
  status: MessageStatus;
  /** An attempt may have reached the network's books. */
  maySent: boolean;
  acknowledged: boolean;
  /** The network says that it has it, but gave no data with it (RG-43). */
  unread: boolean;
}

const SETTLED: Partial<Record<MessageStatus, string>> = {
  delivered: 'delivered: the network has it',
  duplicate: 'duplicate: the network had it already',
  test: 'a test conversion',
  canceled: 'canceled: nothing is owed',
  sending: 'an attempt is under way',
};

const RULES: Record<JobKind, (row: Actable) => string | null> = {
  // without the id of its lead a sale cannot be disputed: sent again by a person, it comes back as a duplicate with it
  retry: ({ status, unread }) =>
    unread ? null : status === 'queued' ? 'queued: due already' : (SETTLED[status] ?? null),
  cancel: ({ status, maySent }) =>
    SETTLED[status] ?? (maySent ? 'an attempt may have reached the network' : null),
  acknowledge({ status, acknowledged }) {
    if (status === 'failed' || status === 'exhausted' || status === 'parked')
      return acknowledged ? 'acknowledged already' : null;
    return SETTLED[status] ?? `${status}: it needs nobody`;
  },
};

/** Why a job of this kind leaves a postback out, or null when it may act on it. */
export const leftOutBecause = (kind: JobKind, row: Actable): string | null => RULES[kind](row);

const UNREAD: Actable = { status: 'delivered', maySent: true, acknowledged: false, unread: true };

/** The same as SQL: an expression over message `alias` that is the reason, or NULL where the job may act. */
export function leftOutSql(kind: JobKind, alias: string): string {
  const cases: string[] = [];
  if (leftOutBecause(kind, UNREAD) === null) cases.push(`WHEN ${unreadSql(`${alias}.`)} THEN NULL`);
  for (const status of POSTBACK_STATUSES)
    for (const maySent of [false, true])
      for (const acknowledged of [false, true]) {
        const reason = leftOutBecause(kind, { status, maySent, acknowledged, unread: false });
        if (reason === null) continue;
        const sent = `${alias}."firstMaySentAt" IS ${maySent ? 'NOT ' : ''}NULL`;
        const seen = `${alias}."acknowledgedAt" IS ${acknowledged ? 'NOT ' : ''}NULL`;
        cases.push(
          `WHEN ${alias}."status" = '${status}' AND ${sent} AND ${seen} THEN '${reason.replaceAll("'", "''")}'`,
        );
      }
  return `CASE ${cases.join(' ')} ELSE NULL END`;
}

/** Rows under way at once: at first, and at most. */
export const WINDOW_MIN = 8;
export const WINDOW_MAX = 512;
/** Rows that may go ahead one by one before a job gives up. */
export const PROBES_MAX = 5;

/** What came of the rows let go since the window last changed, and of the probes before. */
export interface Wave {
  settled: number;
  /** How often each code was the answer. */
  refused: Record<string, number>;
  /** Code that the probe under way had before it went. */
  probeCode?: string | null;
  /** Answers of the probes so far, in words. */
  probes?: string[];
  /** Successes without their data, in the whole job. */
  unread?: number;
}

export const noWave = (): Wave => ({ settled: 0, refused: {} });

/** A wave from the job's row. */
export const readWave = (text: string | null): Wave =>
  text === null ? noWave() : { ...noWave(), ...(JSON.parse(text) as Partial<Wave>) };

export interface Verdict {
  window: number;
  wave: Wave;
  /** The code that at least half of a wave were refused with: the job stops. `others`: what else came, most first. */
  stop: { code: string; refused: number; of: number; others: [code: string, refused: number][] } | null;
}

/**
 * Judges what has settled against the window. Half of a wave (8 or more) refused with one code stops the job. A wave
 * in which hardly anything failed (less than one in sixteen) doubles the window, one in which a quarter failed halves
 * it: some rows of a mixed selection always fail, and must not slow the rest to a crawl.
 */
export function judgeWave(window: number, wave: Wave): Verdict {
  const of = Math.max(window, wave.settled);
  const [worst, ...others] = Object.entries(wave.refused).sort(([, a], [, b]) => b - a);
  if (worst && worst[1] * 2 >= of) {
    return { window, wave, stop: { code: worst[0], refused: worst[1], of: wave.settled, others } };
  }
  if (wave.settled < window) return { window, wave, stop: null };
  const failed = Object.values(wave.refused).reduce((sum, n) => sum + n, 0);
  const next =
    failed * 16 < wave.settled
      ? Math.min(window * 2, WINDOW_MAX)
      : failed * 4 >= wave.settled
        ? Math.max(WINDOW_MIN, Math.floor(window / 2))
        : window;
  return { window: next, wave: { ...wave, settled: 0, refused: {} }, stop: null };
}
