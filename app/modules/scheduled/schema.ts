/** Words of scheduled exports that pages share with the server. Client-safe. */

export const EVERY = ['week', 'month'] as const;
export type Every = (typeof EVERY)[number];

/** A moment that comes again and again, by the wall clock of a zone. */
export interface Rhythm {
  every: Every;
  /** 1 (Monday) to 7 of a week; 1 to 31 of a month, where a shorter month's last day stands in. */
  day: number;
  /** 0 to 23 */
  hour: number;
  /** IANA name */
  zone: string;
}

/** active: it is sent when its time comes. paused: nothing is sent until somebody resumes it. */
export type ScheduleStatus = 'active' | 'paused';

/** queued: waits for its turn, or to be tried again. sending: under way. sent: the mail server took it. failed: given up. */
export const RUN_STATUSES = ['queued', 'sending', 'sent', 'failed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** How the file went: as it is, packed, or not at all because it is too large. */
export type Attached = 'plain' | 'gzip' | 'none';

/** The lists that can be scheduled: their name in /export/<list>.csv, in words, and their page. */
export const LISTS = {
  postbacks: { label: 'Postbacks', path: '/postbacks' },
  issues: { label: 'Issues', path: '/issues' },
  refs: { label: 'Refs', path: '/refs' },
  leads: { label: 'Leads', path: '/leads' },
  refunds: { label: 'Refunds', path: '/refunds' },
  losses: { label: 'Losses', path: '/losses' },
  payouts: { label: 'Payout calendar', path: '/reports' },
  'refund-rate': { label: 'Refund rate', path: '/reports/refund-rate' },
  expected: { label: 'Expected and actual', path: '/reports/expected' },
} as const satisfies Record<string, { label: string; path: string }>;
export type ListName = keyof typeof LISTS;
export const LIST_NAMES = Object.keys(LISTS) as ListName[];
export const isList = (text: string | null | undefined): text is ListName =>
  text != null && Object.hasOwn(LISTS, text);

/** A CSV up to so many bytes is attached as it is; a larger one is packed (gzip). */
export const PLAIN_MAX = 1024 * 1024;
/** A packed file up to so many bytes is attached: mail servers take 10 to 25 MB, and a mail grows by a third on its way. */
export const PACKED_MAX = 7 * 1024 * 1024;

/** A scheduled export as pages show it. Times are UTC ISO. */
export interface ScheduleView extends Rhythm {
  id: string;
  name: string;
  list: ListName;
  /** The saved view that says the filters; null: `query` does. */
  view: { id: string; name: string | null } | null;
  query: string;
  channel: { id: string; name: string; hint: string; enabled: boolean } | null;
  status: ScheduleStatus;
  pausedWhy: string | null;
  nextAt: string;
  owner: { id: string; name: string };
  last: RunView | null;
}

/** One sending as the log shows it. */
export interface RunView {
  id: string;
  exportId: string;
  name: string;
  list: string;
  /** due: by its rhythm. asked: somebody pressed Send now. */
  cause: 'due' | 'asked';
  dueAt: string;
  missed: number;
  status: RunStatus;
  attempts: number;
  tryAt: string;
  rows: number | null;
  bytes: number | null;
  attached: Attached | null;
  responseStatus: number | null;
  words: string | null;
  createdAt: string;
  sentAt: string | null;
}
