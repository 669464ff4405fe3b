import { expect, test } from 'vitest';
import { linesOf, readFourEyesForm } from './four-eyes-form.ts';
import { fourEyesWords } from './four-eyes-words.ts';

function form(enabled: boolean, ...lines: [string, string][]): FormData {
  const out = new FormData();
  if (enabled) out.set('enabled', 'on');
  for (const [currency, amount] of lines) {
    out.append('currency', currency);
    out.append('amount', amount);
  }
  return out;
}

test('four eyes: sums in minor units of their currency; an empty line is none', () => {
  expect(readFourEyesForm(form(true, ['usd', '100.00'], ['', ''], ['JPY', '5000'], ['KWD', '0']))).toEqual({
    rule: { enabled: true, above: { USD: 10_000, JPY: 5000, KWD: 0 } },
  });
  expect(readFourEyesForm(form(false))).toEqual({ rule: { enabled: false, above: {} } });
  expect(linesOf({ enabled: true, above: { USD: 10_000, JPY: 5000 } })).toEqual([
    { currency: 'JPY', amount: '5000' },
    { currency: 'USD', amount: '100.00' },
  ]);
});

test('four eyes: faults name their line and field', () => {
  expect(
    readFourEyesForm(
      form(true, ['USD', '1'], ['USD', '2'], ['dollars', '3'], ['EUR', 'much'], ['GBP', '-1']),
    ),
  ).toMatchObject({
    faults: [
      { line: 1, field: 'currency' },
      { line: 2, field: 'currency' },
      { line: 3, field: 'amount' },
      { line: 4, field: 'amount' },
    ],
  });
});

test('four eyes: the rule in words', () => {
  expect(fourEyesWords({ enabled: false, above: {} })).toMatch(/^Off/);
  expect(fourEyesWords({ enabled: true, above: { USD: 10_000, JPY: 0 } })).toBe(
    'Another person approves a dispute of more than $100.00, every dispute in JPY, and every one in another currency or whose payout is not known.',
  );
  expect(fourEyesWords({ enabled: true, above: {} })).toBe('Another person approves every dispute.');
});
