import { expect, test } from 'vitest';
import { DEFAULT_RULES, type RefundRules } from '#app/modules/disputes/refund-policy-schema.ts';
import { fieldsOf, policyFormSchema } from './policy-form.ts';
import { sentencesOf } from './policy-words.ts';

const faults = (fields: object) =>
  policyFormSchema
    .safeParse({ ...fieldsOf(DEFAULT_RULES), ...fields })
    .error?.issues.map(({ path, message }) => [path.join('.'), message]);

test('RG-42 rules survive their form, threshold and grace time included', () => {
  const all: RefundRules[] = [
    DEFAULT_RULES,
    { ...DEFAULT_RULES, partial: { do: 'after_grace' }, partialFrom: { percent: 12.5 }, graceHours: 6 },
    { ...DEFAULT_RULES, fraud: { do: 'never' }, partialFrom: { minor: 1500, currency: 'JPY' } },
    { ...DEFAULT_RULES, partialFrom: { minor: 1500, currency: 'KWD' } },
  ];
  for (const rules of all) expect(policyFormSchema.parse(fieldsOf(rules))).toEqual(rules);
});

test('RG-42 what cannot be read is named at its field', () => {
  expect(faults({ from: 'percent', percent: '0' })?.[0]?.[0]).toBe('percent');
  expect(faults({ from: 'percent', percent: '101' })?.[0]?.[0]).toBe('percent');
  expect(faults({ from: 'money', amount: '12.345' })?.[0]?.[0]).toBe('amount');
  expect(faults({ from: 'money', amount: '12', currency: 'dollars' })?.[0]?.[0]).toBe('currency');
  expect(faults({ full: 'after_grace', graceHours: '0' })?.[0]?.[0]).toBe('graceHours');
  expect(faults({ full: 'sometimes' })?.[0]).toEqual(['full', 'Choose what happens']);
  expect(faults({ graceHours: '' })).toBeUndefined();
  expect(faults({ partial: 'never', from: 'percent', percent: 'x' })).toBeUndefined();
});

test('RG-42 the sentences say the threshold, the milder rule below it, and the margin', () => {
  const words = sentencesOf(
    {
      ...DEFAULT_RULES,
      full: { do: 'after_grace' },
      partial: { do: 'at_once' },
      partialFrom: { percent: 30 },
    },
    24,
  );
  expect(words.map(({ kind, deed }) => [kind, deed])).toEqual([
    ['full', 'after_grace'],
    ['partial', 'at_once'],
    ['small', 'ask'],
    ['chargeback', 'at_once'],
    ['fraud', 'at_once'],
  ]);
  expect(words[0]?.text).toContain('48 hours after they are known, or 24 hours before the deadline');
  expect(words[2]?.about).toBe('Partial refunds below 30 % of the order');
});

test('RG-42 a rule of never has no smaller refunds to speak of', () => {
  const rules: RefundRules = {
    ...DEFAULT_RULES,
    partial: { do: 'never' },
    partialFrom: { minor: 2000, currency: 'USD' },
  };
  expect(sentencesOf(rules, 24).some(({ kind }) => kind === 'small')).toBe(false);
});
