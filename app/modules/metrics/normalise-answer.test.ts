import { describe, expect, test } from 'vitest';
import { normaliseAnswer, stableWords } from './normalise-answer.ts';

describe('answers that say the same come out the same', () => {
  const same = (a: string, b: string) => expect(normaliseAnswer(a)).toBe(normaliseAnswer(b));
  test('ids, numbers, times, codes and addresses do not count', () => {
    same(
      '{"success":true,"data":{"leadId":"ld_9f8a7b","payoutCents":1980,"trackingCode":"M4TSbpS8","status":"VERIFIED","at":"2026-05-12T14:22:09.123Z"}}',
      '{"success":true,"data":{"leadId":"ld_000001","payoutCents":25,"trackingCode":"AbCdEfGh","status":"VERIFIED","at":"2026-11-01T00:00:00.000Z"}}',
    );
    same('{"email":"ana@example.com"}', '{"email":"bo.li+x@mail.example.org"}');
    same('{ "a": 1 }\n', '{ "a":  2 }');
  });
  test('states, words and names do', () => {
    expect(normaliseAnswer('{"status":"VERIFIED"}')).not.toBe(normaliseAnswer('{"status":"DISPUTED"}'));
    expect(normaliseAnswer('No such code')).not.toBe(normaliseAnswer('No such campaign'));
    expect(normaliseAnswer('{"revenueCents":1}')).toContain('"revenueCents"');
  });
  test('what comes after the first 2,000 characters does not count, however long the body', () => {
    same(`${'x'.repeat(2_000)}one`, `${'x'.repeat(2_000)}two`);
    expect(normaliseAnswer('a.'.repeat(500_000)).length).toBeLessThanOrEqual(2_000);
  });
});

test('the words to search an answer by stand between what differs', () => {
  const text = normaliseAnswer(
    '{"error":{"code":"NOT_FOUND","message":"No enrollment for code AbC12345 was found"}}',
  );
  expect(stableWords(text)).toBe('error code NOT FOUND message No enrollment for');
  expect(stableWords('#')).toBe('');
});
