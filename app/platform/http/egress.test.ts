import { expect, test } from 'vitest';
import { createEgressGuard } from './egress.server.ts';

const hostOf = (url: string) => new URL(url).hostname.replace(/^\[|\]$/g, '');

test.each([
  'http://127.1/',
  'http://0x7f.1/',
  'http://2130706433/',
  'http://0177.0.0.1/',
  'http://169.254.169.254/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::127.0.0.1]/',
  'http://[::ffff:0:7f00:1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b:1::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:7f00:1::]/',
  'http://[fd00:ec2::254]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
])('%s is a way to a private address, however it is written', (url) => {
  expect(createEgressGuard([]).refusal(hostOf(url))).toMatch(/private address/);
});

test.each(['http://1.1.1.1/', 'http://[2606:4700::1111]/', 'http://[2001:4860:4860::8888]/'])(
  '%s may be reached',
  (url) => {
    expect(createEgressGuard([]).refusal(hostOf(url))).toBeNull();
  },
);

test('what is allowed may be reached in every form', () => {
  const guard = createEgressGuard(['127.0.0.0/8', 'fd00::/8']);
  for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', 'fd00::1'])
    expect(guard.refusal(address)).toBeNull();
  expect(guard.refusal('10.0.0.1')).not.toBeNull();
});
