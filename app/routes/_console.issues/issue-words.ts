import type { LucideIcon } from 'lucide-react';
import { BellOff, CircleAlert, CircleCheck, Eye, RotateCw } from 'lucide-react';
import type { BreakerView } from '#app/modules/triage/breaker-schema.ts';
import type { HeldMoney, IssueItem } from '#app/modules/triage/issue-schema.ts';
import type { IssueState } from '#app/modules/triage/schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { networkName } from '#app/platform/network-name.ts';
import {
  formatCount,
  formatDuration,
  formatRough,
  formatTimeShort,
  toMillis,
} from '#app/platform/time-format.ts';
import type { Meaning } from '#app/ui/meaning.ts';

export const STATE_LABELS: Record<IssueState, string> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  ignored: 'Ignored',
  resolved: 'Resolved',
};

/** Who puts a cause right, as the end of "What to do". */
export const WHO_LABELS: Record<string, string> = {
  nobody_yet: 'nobody yet: it repeats by itself',
  ops: 'you, or anyone in ops',
  developer: 'a developer of yours',
  network_support: 'the network’s support',
  account_owner: 'whoever owns the account at the network',
};

export interface IssueLook {
  meaning: Meaning;
  icon: LucideIcon;
}

/** The icon of an issue and what it means. A job that is letting its rows go comes first: it moves by itself. */
export function lookOf(issue: Pick<IssueItem, 'state' | 'job' | 'breaker' | 'held'>): IssueLook {
  if (issue.job || issue.breaker?.state === 'releasing') return { meaning: 'waiting', icon: RotateCw };
  switch (issue.state) {
    case 'open':
      return { meaning: 'needs', icon: CircleAlert };
    case 'acknowledged':
      return { meaning: 'needs', icon: Eye };
    case 'ignored':
      return { meaning: 'neutral', icon: BellOff };
    case 'resolved':
      return { meaning: 'good', icon: CircleCheck };
  }
}

type Stated = Pick<
  IssueItem,
  'state' | 'firstSeenAt' | 'reopenedAt' | 'resolvedAt' | 'ignoredUntil' | 'ignoreAbove'
>;

/** What follows from an issue's state: for how long it is open, until when it is ignored. Null where nothing does. */
export function stateThen(issue: Stated, now: number, zone: string): string | null {
  switch (issue.state) {
    case 'open':
      return `for ${openFor(issue, now)}`;
    case 'acknowledged':
      return 'somebody is on it';
    case 'ignored':
      return ignoredWords(issue, now, zone);
    case 'resolved':
      return issue.resolvedAt === null ? null : formatTimeShort(issue.resolvedAt, now, zone);
  }
}

function openFor({ reopenedAt, firstSeenAt }: Stated, now: number): string {
  const span = Math.max(0, now - toMillis(reopenedAt ?? firstSeenAt));
  return span < 3_600_000 ? formatRough(span) : formatDuration(span);
}

function ignoredWords({ ignoredUntil, ignoreAbove }: Stated, now: number, zone: string): string | null {
  const until = [
    ignoredUntil === null ? null : `until ${formatTimeShort(ignoredUntil, now, zone)}`,
    ignoreAbove === null ? null : `until more than ${formatCount(ignoreAbove)} an hour`,
  ].filter((words) => words !== null);
  return until.length === 0 ? 'until somebody opens it' : until.join(', or ');
}

/** "came back 2 d after being resolved"; null where it never did, or is resolved again. */
export function cameBack(
  issue: Pick<IssueItem, 'reopened' | 'reopenedAt' | 'resolvedAt' | 'state'>,
): string | null {
  if (issue.reopened === 0 || issue.state === 'resolved') return null;
  const times = issue.reopened > 1 ? ` (${formatCount(issue.reopened)} times so far)` : '';
  if (issue.reopenedAt === null || issue.resolvedAt === null) return `came back after being resolved${times}`;
  const between = toMillis(issue.reopenedAt) - toMillis(issue.resolvedAt);
  if (between < 0) return `came back after being resolved${times}`;
  return `came back ${formatRough(between)} after being resolved${times}`;
}

/** "Regatta · Spring Starter"; an issue whose campaign cannot be known leaves it out. */
export function placeWords(
  issue: Pick<IssueItem, 'network' | 'connector' | 'campaignName' | 'networkCampaignId'>,
): string {
  const campaign = issue.campaignName ?? (issue.networkCampaignId || null);
  const network = networkName(issue.network, issue.connector);
  return campaign === null ? network : `${network} · ${campaign}`;
}

/** "held back, 4,998 wait": what an open breaker does; null where nothing is held back. */
export function heldBackWords(breaker: BreakerView | null, parked: number): string | null {
  if (!breaker || breaker.state === 'closed') return null;
  const wait =
    parked === 0 ? 'nothing waits yet' : `${formatCount(parked)} ${parked === 1 ? 'waits' : 'wait'}`;
  if (breaker.state === 'releasing') return `letting go, ${wait}`;
  return `${breaker.reason === 'paused' ? 'paused' : 'held back'}, ${wait}`;
}

/** "1 postback", "5,000 postbacks". */
export const postbacks = (n: number): string => `${formatCount(n)} ${n === 1 ? 'postback' : 'postbacks'}`;

/** Sums of several currencies side by side, never added: "$120.00 and €8.00"; '' where none is known. */
export function moneyWords(sums: readonly HeldMoney[]): string {
  const texts = sums.map(({ minor, currency }) => formatMoney(minor, currency));
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

/** The sum of an issue or selection in words: "$2,120.00", "$2,120.00 + 3 unknown", "unknown". */
export function unpaidWords(sums: readonly HeldMoney[], unknown: number): string {
  const known = moneyWords(sums);
  if (known === '') return unknown > 0 ? 'unknown' : 'nothing';
  return unknown > 0 ? `${known} + ${formatCount(unknown)} unknown` : known;
}

/** What all issues hold up, under the title of the page. */
export function heldWords(held: number, unpaid: readonly HeldMoney[], unknown: number): string {
  if (held === 0) return 'nothing is held up';
  if (unpaid.length === 0) return `${postbacks(held)}${unknown > 0 ? ', of unknown payout' : ''}`;
  return `${postbacks(held)}, ${unpaidWords(unpaid, unknown)} unpaid`;
}
