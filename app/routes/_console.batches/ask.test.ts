import { expect, test } from 'vitest';
import { fieldsOf, givenOf } from './ask.ts';
import { selectionOf } from './request.server.ts';

const form = (fields: Record<string, string>) => new URLSearchParams(fields);
const NOW = Date.parse('2026-11-20T12:00:00Z');

test('RG-36 rows by hand and everything that matches come back as they were selected', () => {
  expect(selectionOf(form(fieldsOf({ of: 'leads', ids: ['led_A', 'led_B'] }, null)), NOW)).toEqual({
    of: 'leads',
    ids: ['led_A', 'led_B'],
  });
  expect(
    selectionOf(
      form({ ...fieldsOf({ of: 'refunds', matching: 'view=review&kind=fraud' }, null), newestId: 'rfd_Z' }),
      NOW,
    ),
  ).toEqual({
    of: 'matching_refunds',
    filter: { disposition: ['needs_review', 'manual'], kind: ['fraud'] },
    newestId: 'rfd_Z',
  });
  expect(selectionOf(form(fieldsOf({ of: 'leads', matching: '' }, null)), NOW)).toMatchObject({
    of: 'matching_leads',
    filter: { refunded: true },
  });
});

test('a selection that cannot be read is refused, never taken for everything', () => {
  expect(() => selectionOf(form({ of: 'leads', ids: '' }), NOW)).toThrow('at least one lead');
  expect(() => selectionOf(form({ of: 'leads', ids: 'rfd_A' }), NOW)).toThrow('lead ids look like');
  expect(() => selectionOf(form({ ids: 'led_A' }), NOW)).toThrow('reload the page');
});

test('RG-36 a template is sent as it is until it is changed', () => {
  const reason = { templateId: 'tpl_A', text: 'Refunded {refundId}' };
  const picked = { of: 'leads', ids: ['led_A'] } as const;
  expect(givenOf(form(fieldsOf(picked, { ...reason, changed: false })))).toEqual({ templateId: 'tpl_A' });
  expect(givenOf(form(fieldsOf(picked, { ...reason, changed: true })))).toEqual({
    text: 'Refunded {refundId}',
  });
  expect(givenOf(form(fieldsOf(picked, { templateId: null, text: '', changed: true })))).toEqual({
    text: '',
  });
  expect(givenOf(form(fieldsOf(picked, null)))).toEqual({});
});
