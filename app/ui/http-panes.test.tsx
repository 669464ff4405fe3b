import { expect, test } from 'vitest';
import { CodeBlock } from './code-block.tsx';
import { HttpPanes, type HttpResponseView } from './http-panes.tsx';
import { renderHtml, renderText } from './testing/render.tsx';

const request = { method: 'POST', url: 'https://x.test/v1', headers: [['A', 'b']], body: '{"a":1}' } as const;
const answer: HttpResponseView = {
  kind: 'answer',
  status: 500,
  statusText: 'Internal Server Error',
  meaning: 'needs',
  headers: [['Content-Type', 'text/html']],
  body: '<script>alert(1)</script>',
  durationMs: 1_210,
  bytes: 25,
};

test('what a network sent is text, never markup', () => {
  const html = renderHtml(<HttpPanes request={request} response={answer} />);
  expect(html).not.toContain('<script>');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('shows status, duration and size; no answer is said in words', () => {
  expect(renderText(<HttpPanes request={request} response={answer} />)).toContain('1.21 s · 25 B');
  const none = {
    kind: 'none',
    title: 'Timed out',
    detail: 'No answer within 10 s.',
    meaning: 'needs',
  } as const;
  expect(renderText(<HttpPanes request={request} response={none} />)).toContain(
    'Timed out No answer within 10 s.',
  );
});

test('says what was cut off, what is no text, and what is empty', () => {
  const cut = <CodeBlock label="Body" body="abc" truncatedAt={65_536} totalBytes={91_238} />;
  expect(renderText(cut)).toContain('Cut off after 64 KB of 89.1 KB');
  expect(renderText(<CodeBlock label="Body" body="AAEC" encoding="base64" />)).toContain(
    'These bytes are not text',
  );
  expect(renderText(<CodeBlock label="Body" body={null} />)).toBe('No body');
});

test('invisible control characters are written as their code', () => {
  expect(renderText(<CodeBlock label="Body" body={'a\u0000b\u200bc'} />)).toContain('\\u0000');
});
