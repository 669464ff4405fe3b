import { expect, test } from 'vitest';
import { type Places, titleOf } from './nav.ts';

const PLACES = {
  nav: [
    {
      items: [
        { to: '/', label: 'Overview', end: true },
        { to: '/leads', label: 'Leads' },
      ],
    },
  ],
  foot: [{ to: '/settings', label: 'Settings' }],
} as unknown as Places;

test('a phone names every page, also those that are no item of the rail', () => {
  expect(titleOf('/leads/led_1', PLACES)).toBe('Leads');
  expect(titleOf('/settings/refunds', PLACES)).toBe('Settings');
  expect(titleOf('/approvals', PLACES)).toBe('Approvals');
  expect(titleOf('/batches/dsb_1', PLACES)).toBe('Disputes in bulk');
});
