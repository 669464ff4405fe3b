import { expect, test } from 'vitest';
import { formatAxis, niceStep } from './chart-scale.ts';
import { Money } from './money.tsx';
import { StatusBadge } from './status-badge.tsx';
import { renderHtml, renderText } from './testing/render.tsx';
import { Time } from './time.tsx';

test('money and times that are not known say so', () => {
  expect(renderText(<Money minor={null} currency="USD" />)).toBe('unknown');
  expect(renderText(<Money minor={0} currency="USD" />)).toBe('$0.00');
  expect(renderText(<Money minor={28_416_000} currency="USD" headline />)).toBe('$284,160');
  expect(renderText(<Time at={null} />)).toBe('unknown');
});

test('a time is short, with its absolute self in the title', () => {
  const html = renderHtml(<Time at="2026-05-11T20:10:00Z" />);
  expect(html).toContain('>Mon 22:10</time>');
  expect(html).toContain('title="Mon 11 May 2026 22:10 CEST · 20:10 UTC"');
  expect(renderText(<Time at="2026-05-12T09:02:00Z" as="ago" />)).toBe('3 h ago');
});

test('a status is icon, word and consequence, never colour alone', () => {
  const html = renderHtml(<StatusBadge meaning="needs" label="Parked" then="budget used up" inTable />);
  expect(html).toContain('class="st needs"');
  expect(html).toContain('<svg');
  expect(renderText(<StatusBadge meaning="needs" label="Parked" then="budget used up" />)).toBe(
    'Parked — budget used up',
  );
});

test('axes take round steps and short figures', () => {
  expect([niceStep(2_300, 3), niceStep(0, 3), niceStep(130, 1), niceStep(45_000, 2)]).toEqual([
    800, 1, 200, 25_000,
  ]);
  expect([0, 1_600, 40_000, 1_250_000].map(formatAxis)).toEqual(['0', '1,600', '40 k', '1.3 m']);
});
