import type { AlertBody, AlertText } from './schema.ts';
import { moneyWords } from './words.ts';

/** The parts of a delivery that every way of showing it is made of. */
export interface Shown {
  title: string;
  /** Before a list of several: what it is a list of. */
  lead: string | null;
  entries: Entry[];
  /** How many more there were. */
  more: number;
  /** Where all of it is configured. */
  settingsUrl: string;
}

export interface Entry {
  /** "Over" where it is, else null. */
  state: string | null;
  title: string;
  what: string;
  /** "At stake: $412.00", or null. */
  money: string | null;
  todo: string;
  url: string;
  linkLabel: string;
  /** Who told and when: "Rule “New cause” · 12 May 14:02 UTC". */
  origin: string;
}

/** In one mail or message at most so many are written out. */
export const ENTRIES_MAX = 25;

/** Lays out a delivery. `publicUrl` is the address of the console, without a slash at its end. */
export function layOut(title: string, body: AlertBody, publicUrl: string): Shown {
  const entries = body.alerts.slice(0, ENTRIES_MAX).map((alert) => entryOf(alert, publicUrl));
  return {
    title,
    lead: LEADS[body.kind],
    entries,
    more: body.more + body.alerts.length - entries.length,
    settingsUrl: `${publicUrl}/settings/alerts`,
  };
}

const LEADS: Record<AlertBody['kind'], string | null> = {
  one: null,
  several: 'These came together.',
  digest: 'These came in your quiet hours, oldest first.',
};

function entryOf(alert: AlertText, publicUrl: string): Entry {
  const money = moneyWords(alert.money, alert.unknown);
  return {
    state: alert.transition === 'cleared' ? 'Over' : null,
    title: alert.title,
    what: alert.what,
    money: money === '' ? null : `${alert.transition === 'cleared' ? 'Still held up' : 'At stake'}: ${money}`,
    todo: alert.todo,
    url: publicUrl + alert.path,
    linkLabel: alert.linkLabel,
    origin: `${alert.transition === 'test' ? 'A test' : `Rule “${alert.rule}”`} · ${whenOf(alert.at)}`,
  };
}

/** "Tue 12 May 2026 14:02 UTC" of an ISO time. */
function whenOf(iso: string): string {
  const [weekday = '', day = '', month = '', year = ''] = new Date(iso)
    .toUTCString()
    .replace(',', '')
    .split(' ');
  return `${weekday} ${Number(day)} ${month} ${year} ${iso.slice(11, 16)} UTC`;
}
