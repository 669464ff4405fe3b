import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { createHttpClient } from './client.server.ts';
import { createEgressGuard } from './egress.server.ts';
import { Exchange } from './exchange.server.ts';
import { timedConnect } from './timed-connect.server.ts';

/** For "localhost" and for tests only. */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4tfTmPVIT61piq5f
oWNIjm8OaGqxss4qPdI7zWwF5fahRANCAAT+N66JyKsjlBALaRzChFULu6yymLG4
lWBsdzSNqOMC7S8w9py9XgA61yU+QJSn50aHHvJukfirP0flFWLGersK
-----END PRIVATE KEY-----`;
const CERT = `-----BEGIN CERTIFICATE-----
MIIBljCCATugAwIBAgIUIn17m/gNayJKLdI+mCx6s355ukUwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMDE0MzAwMloYDzIxMjYxMDI3
MTQzMDAyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAT+N66JyKsjlBALaRzChFULu6yymLG4lWBsdzSNqOMC7S8w9py9XgA6
1yU+QJSn50aHHvJukfirP0flFWLGersKo2kwZzAdBgNVHQ4EFgQUVLdThGo4p37s
lNVwYQpBwrCFotUwHwYDVR0jBBgwFoAUVLdThGo4p37slNVwYQpBwrCFotUwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SQAwRgIhAIjw1GB7AwdvTVGDDMbGmre762zRI1nGacumnhuGj3hQAiEAq5kMu+kO
x35tKtDyGbSUcN7IkF9pkS6uu5aMAMiXSlk=
-----END CERTIFICATE-----`;

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function portOf(server: Pick<Server, 'listen' | 'address' | 'close'>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  open.push(server);
  return (server.address() as AddressInfo).port;
}
const client = () => {
  const http = createHttpClient({
    timeoutMs: 1000,
    guard: createEgressGuard(['127.0.0.0/8']),
    userAgent: 'test',
  });
  open.unshift(http);
  return http;
};
const spec = (url: string) => ({ method: 'POST' as const, url, headers: {}, secretHeaders: [], body: '{}' });
const number = expect.any(Number);

test('the first exchange tells how long DNS and connect took, one over the same connection only its first byte', async () => {
  const port = await portOf(createServer((_req, res) => res.end('{}')));
  const http = client();
  const first = await http.send(spec(`http://localhost:${port}/`));
  expect(first.timings).toEqual({ dnsMs: number, connectMs: number, firstByteMs: number, reused: false });
  // the connection is free again once the answer has been read to its end
  await new Promise((resolve) => setImmediate(resolve));
  const second = await http.send(spec(`http://localhost:${port}/`));
  expect(second.timings).toEqual({ firstByteMs: number, reused: true });
});

test('an address needs no look-up, and many at once each tell of their own connection', async () => {
  const port = await portOf(createServer((_req, res) => setTimeout(() => res.end('{}'), 30)));
  const http = client();
  const all = await Promise.all(
    Array.from({ length: 8 }, () => http.send(spec(`http://127.0.0.1:${port}/`))),
  );
  for (const { timings } of all)
    expect(timings).toEqual({ connectMs: number, firstByteMs: number, reused: false });
});

test('a failure tells how far it came', async () => {
  const port = await portOf(createServer((req) => req.socket.destroy()));
  const http = client();
  expect((await http.send(spec(`http://127.0.0.1:${port}/`))).timings).toEqual({
    connectMs: number,
    reused: false,
  });
  const refused = await http.send(spec('http://localhost:1/'));
  expect(refused).toMatchObject({
    kind: 'failure',
    failure: 'refused',
    timings: { dnsMs: number, reused: false },
  });
  expect(refused.timings).not.toHaveProperty('connectMs');
  const nowhere = await http.send(spec('http://nowhere.invalid/'));
  expect(nowhere).toMatchObject({ failure: 'dns', timings: { reused: false } });
  expect((await http.send(spec('http://10.0.0.1/'))).timings ?? null).toBeNull();
});

test('TLS is told apart from connect; refused by its certificate, it has none', async () => {
  const port = await portOf(createTlsServer({ key: KEY, cert: CERT }, (_req, res) => res.end('{}')));
  const agent = new Agent({ connect: timedConnect({ ca: CERT, timeout: 1000 }) });
  open.unshift(agent);
  const exchange = new Exchange();
  agent.dispatch({ origin: `https://localhost:${port}`, path: '/', method: 'GET' }, exchange);
  await exchange.answer;
  expect(exchange.timings).toEqual({
    dnsMs: number,
    connectMs: number,
    tlsMs: number,
    firstByteMs: number,
    reused: false,
  });
  const untrusted = await client().send(spec(`https://localhost:${port}/`));
  expect(untrusted).toMatchObject({
    failure: 'tls',
    timings: { dnsMs: number, connectMs: number, reused: false },
  });
  expect(untrusted.timings).not.toHaveProperty('tlsMs');
});
