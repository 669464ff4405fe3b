import { describe, expect, test } from 'vitest';
import { changesOf } from './changes.ts';
import { amountsText, CHANNEL_FORMS, RULE_FORMS } from './form-schema.ts';
import { askedWaitMs, nextWaitMs } from './ladder.ts';
import { isDue, isOver, reachesAny } from './thresholds.ts';
import { moneyWords, spanWords } from './words.ts';

test('only transitions are told: what is as it was, is nothing', () => {
  const since = new Date(0);
  const seen = new Map([
    ['stays', { active: true, since }],
    ['ends', { active: true, since }],
    ['again', { active: false, since }],
  ]);
  const sighting = (subject: string, active: boolean) => ({ subject, active });
  const changes = changesOf(seen, [
    sighting('stays', true),
    sighting('ends', false),
    sighting('again', true),
    sighting('new', true),
    sighting('never', false),
  ]);
  expect(changes.map(({ sighting: { subject }, transition }) => [subject, transition])).toEqual([
    ['ends', 'cleared'],
    ['again', 'raised'],
    ['new', 'raised'],
  ]);
});

describe('limits', () => {
  const limit = { currency: 'USD', minor: 10_000 };
  test('a sum that was over counts as over until it is back under four fifths', () => {
    expect(isOver(limit, 10_000, false)).toBe(false);
    expect(isOver(limit, 10_001, false)).toBe(true);
    expect(isOver(limit, 9_000, true)).toBe(true);
    expect(isOver(limit, 8_000, true)).toBe(false);
  });
  test('currencies are never mixed', () => {
    expect(reachesAny([{ currency: 'EUR', minor: 99_999 }], [limit])).toBe(false);
    expect(reachesAny([{ currency: 'USD', minor: 10_000 }], [limit])).toBe(true);
    expect(reachesAny([], [])).toBe(true);
  });
  test('leads are due by number or by money, whichever comes first; with neither, from the first', () => {
    const due = { count: 2, sums: [{ currency: 'USD', minor: 10_000 }] };
    expect(isDue(due, { minCount: null, minMoney: [] })).toBe(true);
    expect(isDue(due, { minCount: 3, minMoney: [] })).toBe(false);
    expect(isDue(due, { minCount: 3, minMoney: [limit] })).toBe(true);
    expect(isDue({ count: 0, sums: [] }, { minCount: null, minMoney: [] })).toBe(false);
  });
});

test('a failed delivery is tried after 5 s, 30 s, 5 min and 1 h, then given up; a receiver may ask for longer', () => {
  expect([1, 2, 3, 4, 5].map((n) => nextWaitMs(n, null))).toEqual([5_000, 30_000, 300_000, 3_600_000, null]);
  expect(nextWaitMs(1, 60_000)).toBe(60_000);
  expect(nextWaitMs(2, 1_000)).toBe(30_000);
  expect(nextWaitMs(1, 86_400_000)).toBe(3_600_000);
  const now = Date.parse('2026-05-12T14:00:00Z');
  expect(askedWaitMs('120', now)).toBe(120_000);
  expect(askedWaitMs('Tue, 12 May 2026 14:01:00 GMT', now)).toBe(60_000);
  expect(askedWaitMs('soon', now)).toBeNull();
});

describe('forms', () => {
  const rule = { name: 'Money', channelIds: ['chn_1'], zone: 'UTC' };
  const faults = (result: {
    success: boolean;
    error?: { issues: { path: PropertyKey[]; message: string }[] };
  }) => result.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

  test('amounts are read with their currency, exactly, and written back', () => {
    const read = RULE_FORMS.unpaid_over.parse({ ...rule, limits: '500 usd, 450.5 EUR; 10000 JPY' });
    expect(read.limits).toEqual([
      { currency: 'USD', minor: 50_000 },
      { currency: 'EUR', minor: 45_050 },
      { currency: 'JPY', minor: 10_000 },
    ]);
    expect(amountsText(read.limits ?? [])).toBe('500 USD, 450.50 EUR, 10000 JPY');
  });
  test.each([
    ['500', /needs an amount and its currency, e\.g\. 500 USD/],
    ['0 USD', /must be more than nothing/],
    ['0.5 JPY', /finer than JPY goes: at most 0 decimals/],
    ['5 USD, 6 usd', /USD stands there twice/],
    ['', /Say from which sum on/],
  ])('limits “%s” are refused with what to write', (limits, words) => {
    expect(faults(RULE_FORMS.unpaid_over.safeParse({ ...rule, limits })).join()).toMatch(words);
  });
  test('quiet hours need both ends, and they differ', () => {
    const quiet = { ...rule, quiet: 'on', quietFrom: '22:00' };
    expect(faults(RULE_FORMS.breaker.safeParse(quiet))).toEqual(['quietTo: Say when it ends']);
    expect(faults(RULE_FORMS.breaker.safeParse({ ...quiet, quietTo: '22:00' }))).toEqual([
      'quietTo: Must end at another time than it begins',
    ]);
    expect(faults(RULE_FORMS.breaker.safeParse({ ...quiet, quietTo: '25:00' })).join()).toMatch(
      /A time of day/,
    );
    expect(faults(RULE_FORMS.breaker.safeParse({ ...rule, zone: 'Mars/Base' })).join()).toMatch(
      /No such time zone/,
    );
  });
  test('addresses are taken apart, and the wrong one is named', () => {
    const ok = CHANNEL_FORMS.email.parse({ name: 'Ops', addresses: 'a@x.com, b@y.org\na@x.com' });
    expect(ok.addresses).toEqual(['a@x.com', 'b@y.org']);
    expect(faults(CHANNEL_FORMS.email.safeParse({ name: 'Ops', addresses: 'a@x.com, b@' }))).toEqual([
      'addresses: “b@” is no email address, e.g. ops@example.com',
    ]);
  });
  test('an address on the web is a whole one without credentials', () => {
    const url = (text: string) => faults(CHANNEL_FORMS.slack.safeParse({ name: 'S', url: text })).join();
    expect(url('hooks.slack.com/x')).toMatch(/whole http\(s\) address/);
    expect(url('https://u:p@hooks.slack.com/x')).toMatch(/Leave user and password out/);
    expect(url('https://hooks.slack.com/x')).toBe('');
  });
});

test('money and spans are said in words', () => {
  expect(
    moneyWords(
      [
        { currency: 'USD', minor: 41_200 },
        { currency: 'EUR', minor: 9_000 },
      ],
      3,
    ),
  ).toBe('$412.00 and €90.00, 3 unknown');
  expect(moneyWords([], 2)).toBe('unknown for 2');
  expect(moneyWords([], 0)).toBe('');
  expect([45_000, 12 * 60_000, 3 * 3_600_000, 150 * 60_000, 3 * 86_400_000].map(spanWords)).toEqual([
    '1 minute',
    '12 minutes',
    '3 hours',
    '2 h 30 min',
    '3 days',
  ]);
});
