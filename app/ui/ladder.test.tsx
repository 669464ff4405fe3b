import { expect, test } from 'vitest';
import { Ladder, type Rung } from './ladder.tsx';
import { renderHtml, renderText } from './testing/render.tsx';

const RUNGS: Rung[] = [
  {
    kind: 'past',
    id: 'a1',
    number: 1,
    code: '500',
    meaning: 'needs',
    at: '2026-05-12T12:00:23Z',
    durationMs: 412,
  },
  {
    kind: 'past',
    id: 'a2',
    number: 2,
    code: 'Timed out',
    meaning: 'needs',
    at: '2026-05-12T12:00:24Z',
    gap: '+1 s',
  },
  {
    kind: 'next',
    number: 3,
    dueAt: '2026-05-12T12:06:07Z',
    gap: '+5 min',
    actions: <button type="button">Now</button>,
  },
  { kind: 'future', number: 4, about: '2026-05-12T13:06:00Z', gap: '+1 h', note: 'last attempt' },
];

test('shows what was tried, what comes next and when, and what is last', () => {
  const text = renderText(<Ladder rungs={RUNGS} />);
  expect(text).toContain('Attempt 1: 500 14:00:23 412 ms');
  expect(text).toContain('in 4:07 Now');
  expect(text).toContain('about 15:06 last attempt');
});

test('past attempts are buttons that say whether they are open; coming ones are not', () => {
  const html = renderHtml(<Ladder rungs={RUNGS} selectedId="a2" onSelect={() => {}} />);
  expect(html.match(/class="rung-hit"/g)).toHaveLength(2);
  expect(html.match(/aria-pressed="true"/g)).toHaveLength(1);
  expect(html).toContain('class="rung m-needs open"');
  expect(html).toContain('class="rung next"');
  expect(html).toContain('class="rung future"');
});

test('an attempt that is due reads so instead of counting below zero', () => {
  expect(
    renderText(<Ladder rungs={[{ kind: 'next', number: 2, dueAt: '2026-05-12T12:01:00Z' }]} />),
  ).toContain('due now');
});
