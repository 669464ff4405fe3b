import { expect, test } from 'vitest';
import { judge } from './issue-rules.ts';

const NOW = new Date('2026-05-12T12:00:00Z');
const issue = { ignoredUntil: null, ignoreAbove: null, assigneeId: null, heldBack: false };

test('an undo takes back its own change only, not what somebody else has made of the issue since', () => {
  const undo = { kind: 'reopen', only: 'acknowledged' } as const;
  expect(judge({ ...issue, state: 'acknowledged' }, undo, NOW, null)).toMatchObject({
    kind: 'changed',
    data: { state: 'open' },
  });
  expect(judge({ ...issue, state: 'resolved' }, undo, NOW, null)).toEqual({ kind: 'unchanged' });
  expect(judge({ ...issue, state: 'resolved' }, { kind: 'reopen' }, NOW, null)).toMatchObject({
    kind: 'changed',
  });
});

test('an undo gives back "acknowledged" where it was that before', () => {
  const undo = { kind: 'reopen', only: 'ignored' } as const;
  expect(judge({ ...issue, state: 'ignored', before: 'acknowledged' }, undo, NOW, null)).toMatchObject({
    data: { state: 'acknowledged', ignoredUntil: null, ignoreAbove: null },
    event: { kind: 'acknowledged' },
  });
  expect(judge({ ...issue, state: 'ignored', before: 'open' }, undo, NOW, null)).toMatchObject({
    data: { state: 'open' },
  });
  // to reopen is no undo: it is asked for by name
  expect(
    judge({ ...issue, state: 'ignored', before: 'acknowledged' }, { kind: 'reopen' }, NOW, null),
  ).toMatchObject({ data: { state: 'open' } });
});
