import { expect, test } from 'vitest';
import { filterOf, parseRefundsUrl } from './filters.ts';

const read = (text: string) => parseRefundsUrl(new URLSearchParams(text));

test('the inbox opens on what is open; a search looks through everything', () => {
  expect(read('').view).toBe('open');
  expect(read('q=re_1').view).toBe('all');
  expect(filterOf(read('q=re_1'))).toEqual({ q: 're_1' });
});

test('one group by itself, and kinds that there are', () => {
  expect(filterOf(read('only=unmatched')).disposition).toEqual(['unmatched']);
  expect(filterOf(read('only=ignored')).disposition).toContain('needs_review');
  expect(filterOf(read('view=all&kind=fraud&kind=nonsense&source=stripe'))).toEqual({
    kind: ['fraud'],
    source: ['stripe'],
  });
});
