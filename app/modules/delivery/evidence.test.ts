import { describe, expect, test } from 'vitest';
import type { HttpResult } from '#app/platform/http/types.ts';
import { keepBody, keepRequest, maskValue } from './evidence.ts';

const response = (body: Uint8Array, truncated = false): HttpResult => ({
  kind: 'response',
  status: 200,
  headers: {},
  body,
  bodyBytes: body.length,
  truncated,
  durationMs: 1,
});

describe('evidence', () => {
  test('RG-09 a key shows its prefix and last four characters, a short one nothing', () => {
    expect(maskValue('Bearer rgt_live_abcdefghijklmnop4c1e')).toBe('Bearer rgt_live_••••••••4c1e');
    expect(maskValue('short')).toBe('••••••••');
    expect(maskValue('')).toBe('••••••••');
  });

  test('RG-09 credentials are masked in headers and in declared body fields, and only there', () => {
    const kept = keepRequest({
      method: 'POST',
      url: 'https://x/',
      headers: { authorization: 'Bearer rgt_live_0123456789abcdef', 'content-type': 'application/json' },
      secretHeaders: ['authorization'],
      secretBodyFields: ['publishable_key'],
      body: '{"publishable_key":"refv_live_0123456789abcdef","ref_code":"X"}',
    });
    expect(JSON.stringify(kept)).not.toContain('0123456789ab');
    expect(JSON.parse(kept.requestBody ?? '')).toMatchObject({ ref_code: 'X' });
    expect(JSON.parse(kept.requestHeaders)['content-type']).toBe('application/json');
  });

  test('RG-32 a body is kept exactly: text as text, with its byte order mark; anything else as base64', () => {
    expect(keepBody(response(Buffer.from('\ufeffé 🙂')))).toEqual({
      responseBody: '\ufeffé 🙂',
      bodyEncoding: 'utf8',
    });
    const binary = Buffer.from([0xff, 0x00, 0x10]);
    expect(keepBody(response(binary))).toEqual({
      responseBody: binary.toString('base64'),
      bodyEncoding: 'base64',
    });
    expect(keepBody(response(Buffer.from('a\0b')))).toMatchObject({ bodyEncoding: 'base64' });
  });

  test('RG-32 a body cut inside a character loses only that character', () => {
    const cut = Buffer.from('ab🙂').subarray(0, 4);
    expect(keepBody(response(cut, true))).toEqual({ responseBody: 'ab', bodyEncoding: 'utf8' });
    const whole = Buffer.from('ab🙂');
    expect(keepBody(response(whole, true))).toEqual({ responseBody: 'ab🙂', bodyEncoding: 'utf8' });
  });
});
