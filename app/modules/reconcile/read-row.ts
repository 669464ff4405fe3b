import { readAmount } from './read-amount.ts';
import { type ReadTime, readTime } from './read-time.ts';
import type { FileRow, Mapping, Source, StatusMeaning } from './schema.ts';
import { senseOf } from './status-words.ts';

/** A row of the file as the mapping reads it. Money is integer minor units. */
export interface Told {
  line: number;
  /** Opaque, as the file has it, without blanks around. */
  key: string;
  status: StatusMeaning;
  statusWord: string | null;
  amount: number | null;
  currency: string | null;
  refunded: number;
  /** The file says how much was given back, if only that it was nothing. */
  saysRefunded: boolean;
  /** Its second id; '' where it has none. */
  otherKey: string;
  /** The row is of money given back: its amount is negative. */
  refundLine: boolean;
  time: ReadTime | null;
  /** Why it cannot be read; what could be read stands beside it. */
  unreadable: string | null;
}

const KEY_MAX = 255;
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** Reads one row; never throws. `columns`: how many the header has. */
export function readRow(row: FileRow, mapping: Mapping, source: Source, columns: number): Told {
  const [line, cells] = row;
  const cell = (at: number | null): string => (at === null ? '' : (cells[at] ?? '')).trim();
  const otherKey = cell(mapping.otherId);
  const key = cell(mapping.id) || otherKey;
  const faults: string[] = [];
  if (cells.length > columns && cells.slice(columns).some((extra) => extra.trim() !== ''))
    faults.push(
      `It has ${cells.length} cells where the first line names ${columns}: a separator inside a cell that is not quoted.`,
    );
  if (key === '') faults.push('It has no id.');
  if (key.length > KEY_MAX) faults.push(`Its id is longer than ${KEY_MAX} characters.`);
  const money = moneyOf(cell, mapping, faults);
  const { status, statusWord } = statusOf(cell(mapping.status), mapping, source, faults);
  const time = timeOf(cell(mapping.time), mapping, faults);
  const refundLine = (money.amount ?? 0) < 0;
  return {
    line,
    key: key.slice(0, KEY_MAX).toWellFormed(),
    status: refundLine ? 'refunded' : status,
    statusWord,
    amount: refundLine ? null : money.amount,
    currency: money.currency,
    refunded: refundLine ? Math.abs(money.amount ?? 0) : Math.abs(money.refunded),
    saysRefunded: refundLine || (money.currency !== null && cell(mapping.refunded) !== ''),
    otherKey: otherKey.length > KEY_MAX ? '' : otherKey.toWellFormed(),
    refundLine,
    time,
    unreadable: faults.length === 0 ? null : faults.join(' '),
  };
}

type Cell = (at: number | null) => string;

function moneyOf(
  cell: Cell,
  mapping: Mapping,
  faults: string[],
): { amount: number | null; currency: string | null; refunded: number } {
  const said = cell(mapping.currency).toUpperCase() || mapping.currencyForAll;
  const [amountText, refundedText] = [cell(mapping.amount), cell(mapping.refunded)];
  if (amountText === '' && refundedText === '')
    return { amount: null, currency: said && CURRENCIES.has(said) ? said : null, refunded: 0 };
  if (said === null) {
    faults.push('It names no currency, and there is none for all rows.');
    return { amount: null, currency: null, refunded: 0 };
  }
  if (!CURRENCIES.has(said)) {
    faults.push(`"${said.slice(0, 40)}" is no currency: three letters of ISO 4217 are, e.g. USD.`);
    return { amount: null, currency: null, refunded: 0 };
  }
  const read = (text: string): number | null => {
    if (text === '') return null;
    const amount = readAmount(text, mapping, said);
    if (typeof amount === 'number') return amount;
    faults.push(amount.why);
    return null;
  };
  return { amount: read(amountText), currency: said, refunded: read(refundedText) ?? 0 };
}

function statusOf(
  word: string,
  mapping: Mapping,
  source: Source,
  faults: string[],
): { status: StatusMeaning; statusWord: string | null } {
  if (mapping.status === null) return { status: 'paid', statusWord: null };
  const shown = word.slice(0, 200);
  const said = mapping.statusWords.find(([known]) => known === shown.toLowerCase())?.[1];
  const status = said ?? senseOf(word, source);
  if (status === null)
    faults.push(`What its status "${word.slice(0, 40)}" means is not said in the mapping.`);
  return { status: status ?? 'unpaid', statusWord: shown };
}

function timeOf(text: string, mapping: Mapping, faults: string[]): ReadTime | null {
  if (text === '') return null;
  const time = readTime(text, mapping.timeFormat, mapping.zone);
  if (time === null) faults.push(`"${text.slice(0, 40)}" is no time in the form chosen.`);
  return time;
}
