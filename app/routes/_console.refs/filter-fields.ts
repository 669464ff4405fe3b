import { formatTimeFull } from '#app/platform/time-format.ts';
import type { FilterName, RefFilters } from './filters.ts';

/** One filter with its operator. `value` is what the chip says, null where the filter is not set. */
export interface RefField {
  key: string;
  label: string;
  operator: string;
  /** In the menu: "Code begins with". */
  menuLabel: string;
  /** The parameters it stands for. */
  names: FilterName[];
  value: string | null;
}

export type TextName = 'prefix' | 'promo' | 'promoPrefix' | 'visitor';
type ChoiceName = 'outcome' | 'source';
export type NetworkName = 'network' | 'networkNot';

/** Filters whose value is typed. */
export const TEXTS: Record<TextName, { label: string; operator: string; max: number; help: string }> = {
  prefix: { label: 'Code', operator: 'begins with', max: 64, help: 'Case counts, and so does white space.' },
  promo: { label: 'Promo', operator: 'is', max: 255, help: 'The whole code as it arrived. Case counts.' },
  promoPrefix: { label: 'Promo', operator: 'begins with', max: 255, help: 'Case counts.' },
  visitor: { label: 'Visitor', operator: 'is', max: 255, help: 'The whole id, as your site told it.' },
};
/** Filters whose value is one of a few. */
export const CHOICES: Record<ChoiceName, { label: string; options: { value: string; label: string }[] }> = {
  outcome: {
    label: 'Outcome',
    options: [
      { value: 'kept', label: 'Kept' },
      { value: 'overwrite_blocked', label: 'Overwrite blocked' },
    ],
  },
  source: {
    label: 'Source',
    options: [
      { value: 'api', label: 'Server' },
      { value: 'browser', label: 'Browser' },
    ],
  },
};
const NETWORKS: Record<NetworkName, string> = { network: 'is any of', networkNot: 'is not' };

/** The names of a record's fields. */
export const keysOf = <K extends string>(record: Record<K, unknown>) => Object.keys(record) as K[];

/** All filters of the page besides search and moving time range, in the order of the columns. */
export function fieldsOf(filters: RefFilters): RefField[] {
  const text = (name: TextName): RefField => ({
    key: name,
    label: TEXTS[name].label,
    operator: TEXTS[name].operator,
    menuLabel: `${TEXTS[name].label} ${TEXTS[name].operator}`,
    names: [name],
    value: filters[name] || null,
  });
  const choice = (name: ChoiceName): RefField => ({
    key: name,
    label: CHOICES[name].label,
    operator: 'is',
    menuLabel: CHOICES[name].label,
    names: [name],
    value: CHOICES[name].options.find((option) => option.value === filters[name])?.label ?? null,
  });
  const networks = (name: NetworkName): RefField => ({
    key: name,
    label: 'Network',
    operator: NETWORKS[name],
    menuLabel: name === 'network' ? 'Network' : 'Network is not',
    names: [name],
    value: filters[name].join(', ') || null,
  });
  return [
    text('prefix'),
    choice('outcome'),
    text('promo'),
    text('promoPrefix'),
    text('visitor'),
    choice('source'),
    networks('network'),
    networks('networkNot'),
    {
      key: 'time',
      label: 'Arrived',
      operator: filters.from && filters.to ? 'between' : filters.from ? 'since' : 'before',
      menuLabel: 'Arrived between',
      names: ['from', 'to'],
      value: [filters.from, filters.to].filter((at) => at !== '').join(' and ') || null,
    },
  ];
}

/** The words of the time chip in the reader's zone. */
export const betweenWords = (filters: RefFilters, zone: string): string =>
  [filters.from, filters.to]
    .filter((at) => at !== '')
    .map((at) => formatTimeFull(at, zone).split(' · ')[0])
    .join(' and ');
