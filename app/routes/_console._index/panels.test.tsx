import { expect, test } from 'vitest';
import type { Attention, Cause } from '#app/modules/reports/schema.ts';
import { renderText } from '#app/ui/testing/render.tsx';
import { CausesPanel } from './panels.tsx';

const cause = (key: string, count: number, minor: number, moving: boolean): Cause => ({
  key,
  issueId: moving ? null : key,
  account: 'regatta',
  network: 'Regatta',
  errorCode: null,
  short: key,
  title: key,
  count,
  parked: 0,
  moving,
  since: '2026-05-12T10:00:00.000Z',
  campaigns: ['Spring Starter'],
  unpaid: [{ currency: 'USD', minor }],
  unknown: 0,
});

const attention = (retrying: number): Attention => ({
  count: 10,
  retrying,
  parked: { count: 0, unpaid: [], unknown: 0 },
  unpaid: [{ currency: 'USD', minor: 6000 }],
  unknown: 0,
  causes: [
    cause('Budget used up', 10, 6000, false),
    ...(retrying > 0 ? [cause('Answer is not JSON', retrying, 4960, true)] : []),
  ],
  more: false,
  sampled: false,
});

test('the total of causes counts the postbacks whose money it sums, and says what it leaves out', () => {
  expect(renderText(<CausesPanel attention={attention(3)} />)).toContain(
    'Total without what retries 10 $60.00',
  );
  expect(renderText(<CausesPanel attention={attention(0)} />)).toContain('Total 10 $60.00');
});
