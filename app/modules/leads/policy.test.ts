import { afterEach, describe, expect, test } from 'vitest';
import { assumedDays, disputeRefusal, holdOf } from './policy.ts';

const DAY_MS = 86_400_000;
const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe('holdOf', () => {
  test.each([
    ['UTC', '2026-03-15T12:00:00Z'],
    // clocks go forward on 8 March and 29 March, back on 25 October and 1 November
    ['America/New_York', '2026-03-01T04:59:59.999Z'],
    ['America/New_York', '2026-10-25T05:30:00Z'],
    ['Europe/Berlin', '2026-03-28T23:30:00Z'],
    ['Europe/Berlin', '2026-10-24T22:30:00Z'],
    // half an hour only, and on the other side of the year
    ['Australia/Lord_Howe', '2026-04-04T14:45:00Z'],
    ['Pacific/Apia', '2026-12-31T10:00:00Z'],
    // a leap day in the hold
    ['Asia/Kathmandu', '2028-02-15T00:00:00Z'],
  ])('RG-33 in %s a hold from %s lasts whole days of UTC', (tz, since) => {
    process.env.TZ = tz;
    const heldSince = new Date(since);
    for (const days of [1, 14, 30, 365]) {
      const { disputeBy, holdState } = holdOf(heldSince, days, heldSince);
      expect(holdState).toBe('pending_release');
      expect((disputeBy?.getTime() ?? 0) - heldSince.getTime()).toBe(days * DAY_MS);
      expect(disputeBy?.toISOString().slice(10)).toBe(heldSince.toISOString().slice(10));
    }
  });

  test('RG-34 RG-38 the very moment of the deadline is too late, a millisecond before is not', () => {
    const heldSince = new Date('2026-03-28T12:00:00Z');
    const end = new Date(heldSince.getTime() + DAY_MS);
    expect(holdOf(heldSince, 1, end).holdState).toBe('released');
    expect(holdOf(heldSince, 1, new Date(end.getTime() - 1)).holdState).toBe('pending_release');
    const lead = { holdState: 'pending_release', disputeBy: end, disputeMessageId: null };
    expect(disputeRefusal(lead, new Date(end.getTime() - 1))).toBeNull();
    expect(disputeRefusal(lead, end)).toMatch(/ended on 2026-03-29 12:00 UTC/);
  });
});

test('RG-33 unknown days are taken as the shortest known, never longer than the network’s default', () => {
  expect(assumedDays(30, 14)).toBe(14);
  expect(assumedDays(30, 60)).toBe(30);
  expect(assumedDays(30, null)).toBe(30);
});
