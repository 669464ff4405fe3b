import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { BODY_LIMIT, createHttpClient } from './client.server.ts';
import { createEgressGuard } from './egress.server.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
const client = (timeoutMs = 1000, allowed = ['127.0.0.0/8']) =>
  createHttpClient({ timeoutMs, guard: createEgressGuard(allowed), userAgent: 'test' });
const spec = (url: string) => ({
  method: 'POST' as const,
  url,
  headers: { 'content-type': 'application/json' },
  secretHeaders: [],
  body: '{}',
});

describe('HTTP client', () => {
  test('answers status, headers and body, over one connection for many requests', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((req, res) => {
      ports.add(req.socket.remotePort);
      res.writeHead(201, { 'x-one': 'a' }).end('{"ok":true}');
    });
    const http = client();
    for (let i = 0; i < 5; i++) {
      const result = await http.send(spec(url));
      expect(result).toMatchObject({ kind: 'response', status: 201, bodyBytes: 11, truncated: false });
      if (result.kind === 'response')
        expect([Buffer.from(result.body).toString(), result.headers['x-one']]).toEqual(['{"ok":true}', 'a']);
    }
    // a second one may open while the first has not let go of its last answer
    expect(ports.size).toBeLessThanOrEqual(2);
    await http.close();
  });

  test('RG-31 a redirect is an answer, never followed', async () => {
    let hits = 0;
    const url = await serve((_req, res) => {
      hits++;
      res.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await client().send(spec(url))).toMatchObject({ kind: 'response', status: 307 });
    expect(hits).toBe(1);
  });

  test('RG-30 the deadline covers the whole exchange, also a body that trickles', async () => {
    const silent = await serve(() => {});
    expect(await client(200).send(spec(silent))).toMatchObject({
      kind: 'failure',
      failure: 'timeout',
      maySent: true,
    });
    const trickle = await serve((_req, res) => {
      res.writeHead(200);
      const drip = setInterval(() => res.write('x'), 50);
      res.on('close', () => clearInterval(drip));
    });
    expect(await client(300).send(spec(trickle))).toMatchObject({
      kind: 'failure',
      failure: 'timeout',
      maySent: true,
    });
  });

  test('refused and unknown hosts: nothing can have been sent', async () => {
    const url = await serve(() => {});
    servers.pop()?.close();
    expect(await client().send(spec(url))).toMatchObject({
      kind: 'failure',
      failure: 'refused',
      maySent: false,
    });
    expect(await client().send(spec('http://nothing.invalid/'))).toMatchObject({
      kind: 'failure',
      failure: 'dns',
      maySent: false,
    });
  });

  test('a connection that breaks before the answer, and one that breaks inside it', async () => {
    const before = await serve((req) => req.socket.destroy());
    expect(await client().send(spec(before))).toMatchObject({
      kind: 'failure',
      failure: 'reset',
      maySent: true,
    });
    const inside = await serve((req, res) => {
      res.writeHead(200, { 'content-length': '100' });
      res.write('part');
      setTimeout(() => req.socket.destroy(), 20);
    });
    expect(await client().send(spec(inside))).toMatchObject({
      kind: 'failure',
      failure: 'incomplete_response',
      maySent: true,
    });
  });

  test('RG-32 keeps 64 KB of a body, counts the rest, and does not read for ever', async () => {
    const url = await serve((_req, res) => res.end('x'.repeat(200_000)));
    const result = await client().send(spec(url));
    expect(result).toMatchObject({ kind: 'response', truncated: true, bodyBytes: 200_000 });
    if (result.kind === 'response') expect(result.body.length).toBe(BODY_LIMIT);
    const endless = await serve((_req, res) => {
      res.on('error', () => {});
      const pump = (): void => {
        while (!res.destroyed && res.write('x'.repeat(65_536)));
      };
      res.on('drain', pump);
      pump();
    });
    expect(await client(5000).send(spec(endless))).toMatchObject({ kind: 'response', truncated: true });
  });

  test('an address that nobody allowed is refused before anything is sent, literal or by name', async () => {
    let hits = 0;
    const url = await serve((_req, res) => {
      hits++;
      res.end();
    });
    const guarded = client(1000, []);
    expect(await guarded.send(spec(url))).toMatchObject({
      kind: 'failure',
      failure: 'blocked_address',
      maySent: false,
    });
    expect(await guarded.send(spec(url.replace('127.0.0.1', 'localhost')))).toMatchObject({
      kind: 'failure',
      failure: 'blocked_address',
      maySent: false,
    });
    expect(hits).toBe(0);
  });
});

describe('egress guard', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
  ])('%s is refused', (address) => {
    expect(createEgressGuard([]).refusal(address)).toMatch(/ALLOW_PRIVATE_DESTINATIONS/);
  });
  test.each(['93.184.216.34', '2606:2800:220:1::1', '172.32.0.1'])('%s may be reached', (address) => {
    expect(createEgressGuard([]).refusal(address)).toBeNull();
  });
  test('what is allowed by name of its network may be reached, and nothing beside it', () => {
    const guard = createEgressGuard(['10.1.0.0/16']);
    expect(guard.refusal('10.1.9.9')).toBeNull();
    expect(guard.refusal('10.2.0.1')).not.toBeNull();
  });
});
