import { describe, expect, test } from 'vitest';
import { Countdown, urgencyOf } from './countdown.tsx';
import { NOW, renderHtml, renderText } from './testing/render.tsx';

const HOUR = 3_600_000;
const inMs = (ms: number) => new Date(Date.parse(NOW) + ms).toISOString();
const html = (ms: number, past?: 'neutral') =>
  renderHtml(<Countdown deadline={inMs(ms)} pastWord="Released" {...(past ? { past } : {})} />);

describe('Countdown', () => {
  test('changes exactly at 72 h, 24 h, 1 h and the deadline', () => {
    expect(urgencyOf(72 * HOUR)).toBe('plain');
    expect(urgencyOf(72 * HOUR - 1)).toBe('soon');
    expect(urgencyOf(24 * HOUR)).toBe('soon');
    expect(urgencyOf(24 * HOUR - 1)).toBe('today');
    expect(urgencyOf(HOUR)).toBe('today');
    expect(urgencyOf(HOUR - 1)).toBe('ticking');
    expect(urgencyOf(1)).toBe('ticking');
    expect(urgencyOf(0)).toBe('past');
  });

  test.each([
    [98 * HOUR, 'cd', '4 d 2 h'],
    [52 * HOUR, 'cd needs', '2 d 4 h'],
    [6.3 * HOUR, 'cd lost', '6 h 18 min'],
    [41 * 60_000 + 12_000, 'cd lost tick', '41:12'],
    [-3 * HOUR, 'cd lost', 'Released 3 h ago'],
  ])('%i ms reads and looks right', (ms, className, words) => {
    expect(html(ms)).toContain(`class="${className}"`);
    expect(renderText(<Countdown deadline={inMs(ms)} pastWord="Released" />)).toBe(words);
  });

  test('carries the absolute time with zone and UTC, and is quiet where nothing was at stake', () => {
    expect(html(HOUR)).toContain('title="Tue 12 May 2026 15:02 CEST · 13:02 UTC"');
    expect(html(-HOUR, 'neutral')).toContain('class="cd c3"');
  });

  test('drops its prefix once the deadline has passed', () => {
    const text = (ms: number) =>
      renderText(<Countdown deadline={inMs(ms)} prefix="dispute within" pastWord="Released" />);
    expect(text(52 * HOUR)).toBe('dispute within 2 d 4 h');
    expect(text(-52 * HOUR)).toBe('Released 2 d ago');
  });
});
