import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from './env.server.ts';
import { parseEnv } from './env-schema.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'leadline-env-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('environment', () => {
  test('defaults are those of the contract', () => {
    expect(parseEnv({})).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      DATA_DIR: './data',
      LEADLINE_ROLE: 'all',
      REQUEST_TIMEOUT_SECONDS: 10,
      ALLOW_PRIVATE_DESTINATIONS: [],
      REGATTA_BASE_URL: 'https://regatta.network/api/v1',
    });
  });

  test.each([
    ['PORT', 'http', /PORT="http" must be a whole number, e\.g\. 3000/],
    ['PORT', '70000', /from 0 to 65535/],
    ['DATABASE_URL', 'mysql://x', /must start with postgresql:\/\/ or file:/],
    ['LEADLINE_SECRET', 'short', /at least 32 bytes/],
    ['LEADLINE_ROLE', 'boss', /must be all, web or worker/],
    ['RETRY_SCHEDULE_SECONDS', '1,2,3,4,5,6', /one to five whole seconds/],
    ['REQUEST_TIMEOUT_SECONDS', '0', /from 1 to 120/],
    ['ALLOW_PRIVATE_DESTINATIONS', 'localhost', /must be CIDRs/],
    ['ALLOW_PRIVATE_DESTINATIONS', '999.1.1.1/32', /must be CIDRs/],
    ['ALLOW_PRIVATE_DESTINATIONS', '10.0.0.0/33', /must be CIDRs/],
    ['DATABASE_URL', 'postgresql://u@/db', /is not a complete address/],
    ['RETRY_SCHEDULE_SECONDS', '99999999999999999999', /one to five whole seconds/],
    ['LEADLINE_URL', 'leadline.example.com', /must be an http\(s\) address/],
    ['CAPTURE_ORIGINS', 'shop.example.com', /must be origins/],
    ['SMTP_URL', 'mail.example.com:587', /SMTP_URL=\(not shown\) must be smtp:\/\//],
    ['SMTP_URL', 'https://mail.example.com', /must be smtp:\/\//],
    ['SMTP_URL', 'smtp://mail.example.com', /ALERT_FROM="" is required with SMTP_URL/],
    ['ALERT_FROM', 'alerts', /must be an email address/],
    [
      'STRIPE_WEBHOOK_SECRET',
      ' whsec_1234567890',
      /STRIPE_WEBHOOK_SECRET=\(not shown\) must be the whole signing/,
    ],
    ['PADDLE_WEBHOOK_SECRET', 'short', /must be the whole signing secret/],
    ['SHOPIFY_WEBHOOK_SECRET', 'x'.repeat(256), /must be the whole signing secret/],
  ])('%s=%s stops the start and says what is wrong, with an example', (name, value, message) => {
    expect(() => parseEnv({ [name]: value })).toThrow(message);
    expect(() => parseEnv({ [name]: value })).toThrow(/e\.g\./);
  });

  test('several faults are told together, and secrets are not shown', () => {
    let message = '';
    try {
      parseEnv({ PORT: 'x', LEADLINE_SECRET: 'hunter2' });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('PORT=');
    expect(message).toContain('LEADLINE_SECRET=(not shown)');
    expect(message).not.toContain('hunter2');
  });

  test('a mail server and a sender are taken as they are', () => {
    const given = {
      SMTP_URL: 'smtps://u:p%40ss@mail.example.com:465',
      ALERT_FROM: 'Leadline <a@example.com>',
    };
    expect(parseEnv(given)).toMatchObject(given);
  });

  test('the secret is generated once, with mode 0600', () => {
    const first = loadConfig({ DATA_DIR: dir });
    expect(Buffer.byteLength(first.secret)).toBeGreaterThanOrEqual(32);
    expect(statSync(path.join(dir, 'secret')).mode & 0o777).toBe(0o600);
    expect(loadConfig({ DATA_DIR: dir }).secret).toBe(first.secret);
  });

  test('a remote store needs a secret of its own; a data directory that cannot be written says so', () => {
    expect(() => loadConfig({ DATABASE_URL: 'postgresql://db.internal/x', DATA_DIR: dir })).toThrow(
      /LEADLINE_SECRET is required/,
    );
    const file = path.join(dir, 'a-file');
    writeFileSync(file, '');
    expect(() => loadConfig({ DATA_DIR: path.join(file, 'data') })).toThrow(
      /cannot be written .* e\.g\. DATA_DIR=/,
    );
  });
});
