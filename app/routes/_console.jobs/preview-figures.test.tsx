import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { JobPreview } from '#app/modules/triage/job-schema.ts';
import { PreviewFigures } from './preview-figures.tsx';

/** What the figures say, as text. */
const said = (preview: Partial<JobPreview>): string =>
  renderToStaticMarkup(
    <PreviewFigures
      preview={{
        kind: 'retry',
        matched: 1_200,
        eligible: 1_000,
        duplicatesExpected: 900,
        notAllowed: [{ reason: 'delivered: the network has it', count: 200 }],
        unpaid: [{ currency: 'USD', minor: 4_900_00 }],
        unpaidUnknown: 3,
        newestId: 'pbk_1',
        selection: 'Status exhausted',
        ...preview,
      }}
    />,
  ).replaceAll(/<[^>]+>/g, ' ');

test('what was counted to its end is told as it is', () => {
  const text = said({});
  for (const figure of ['1,200', '1,000', '900', '200', '$4,900.00 + 3 unknown'])
    expect(text).toContain(figure);
  expect(text).not.toMatch(/\d\+|or more/);
});

test('beyond what a preview counts every number is a least, the money too', () => {
  const text = said({ matched: 100_128, eligible: 100_003, duplicatesExpected: 99_000 });
  for (const figure of ['100,000+', '99,000+', '200+', '$4,900.00 + 3 unknown or more'])
    expect(text).toContain(figure);
  expect(text).not.toContain('100,003');
});
