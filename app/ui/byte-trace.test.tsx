import { expect, test } from 'vitest';
import { ByteTrace, TraceVerdict } from './byte-trace.tsx';
import { renderHtml, renderText } from './testing/render.tsx';

const rows = (values: (string | null)[]) =>
  ['URL', 'Cookie', 'Record', 'Body sent'].map((label, i) => ({
    key: label,
    label,
    value: values[i] ?? null,
  }));

test('RG-06 the first mutated place alone is highlighted', () => {
  const html = renderHtml(<ByteTrace rows={rows(['k7Qm', 'k7Qm', 'k7qm', 'k7qm'])} />);
  expect(html.match(/<li class="mut"/g)).toHaveLength(1);
  expect(html).toContain('1 letter lower-cased here');
  expect(html).toContain('as in record');
  expect(html.match(/class="x"/g)).toHaveLength(1);
});

test('RG-06 the verdict names the place, or says it is unchanged', () => {
  expect(renderText(<TraceVerdict rows={rows(['a', 'a', 'A', 'A'])} />)).toBe('Changed at record');
  expect(renderText(<TraceVerdict rows={rows(['a', 'a', 'a', 'a'])} />)).toBe(
    'Unchanged from URL to body sent',
  );
  expect(renderText(<TraceVerdict rows={rows(['a'])} />)).toBe('nothing to compare yet');
});
