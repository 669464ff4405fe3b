import { expect, test } from 'vitest';
import { scrub } from './scrub.ts';
import type { HttpResult, RequestSpec } from './types.ts';

const KEY = 'rgt_live_0123456789abcdef';
const spec: RequestSpec = {
  method: 'POST',
  url: 'https://x.example',
  headers: { Authorization: `Bearer ${KEY}`, accept: 'a' },
  secretHeaders: ['authorization'],
  body: '{"k":"publishable-1"}',
  secretBodyFields: ['k'],
};
const answer = (body: Uint8Array, headers: Record<string, string> = {}): HttpResult => ({
  kind: 'response',
  status: 401,
  headers,
  body,
  bodyBytes: body.length,
  truncated: false,
  durationMs: 1,
});
const bodyOf = (result: HttpResult) =>
  result.kind === 'response' ? Buffer.from(result.body) : Buffer.alloc(0);

test('RG-09 the key is cut out of an echoing body, header and failure; the rest stays byte for byte', () => {
  const body = Buffer.concat([Buffer.from([0xff, 0x00]), Buffer.from(`é ${KEY} publishable-1 é`)]);
  const clean = scrub(spec, answer(body, { 'x-echo': `Bearer ${KEY}`, other: 'kept' }));
  expect(bodyOf(clean)).toEqual(
    Buffer.concat([Buffer.from([0xff, 0x00]), Buffer.from('é •••••••• •••••••• é')]),
  );
  expect(clean).toMatchObject({
    headers: { 'x-echo': 'Bearer ••••••••', other: 'kept' },
    bodyBytes: body.length,
  });
  const failure: HttpResult = {
    kind: 'failure',
    failure: 'other',
    message: `bad header ${KEY}`,
    maySent: false,
    durationMs: 1,
  };
  expect(scrub(spec, failure)).toMatchObject({ message: 'bad header ••••••••' });
});

test('an answer that echoes nothing is handed on as it is', () => {
  const result = answer(Buffer.from('{"ok":true}'));
  expect(scrub(spec, result)).toBe(result);
});
