import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { buildPostback } from '#app/connectors/regatta/build-request.ts';
import { serveCalls } from '../child.ts';
import { NETWORK_KEY } from '../samples.ts';

/** The references for delivery: a loop of POSTs, and a server that passes on what it gets. Neither stores anything. */
const agent = new Agent({ connections: 256, pipelining: 1, keepAliveTimeout: 30_000 });

/** The very request that the worker sends for this externalId. */
const postback = (baseUrl: string, externalId: string) =>
  buildPostback(
    {
      ref: 'M4TSbpS8',
      externalId,
      eventType: 'PURCHASE',
      revenueCents: 9900,
      currency: 'USD',
      metadata: '{"plan":"pro","seats":3}',
      occurredAt: '2026-01-01T00:00:00.000Z',
      customer: null,
      coupon: null,
    },
    { baseUrl, credentials: { apiKey: NETWORK_KEY } },
  );

async function post(baseUrl: string, externalId: string): Promise<void> {
  const spec = postback(baseUrl, externalId);
  const { statusCode, body } = await request(spec.url, {
    method: 'POST',
    headers: spec.headers,
    body: spec.body,
    dispatcher: agent,
  });
  await body.text();
  if (statusCode !== 201) throw new Error(`the sink answered ${statusCode}`);
}

/** Posts `count` bodies with `concurrency` under way at once; answers ms and CPU µs. */
async function loop(input: {
  sinkPort: number;
  count: number;
  concurrency: number;
  prefix: string;
}): Promise<{ ms: number; cpu: number }> {
  const before = process.cpuUsage();
  const begun = performance.now();
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < input.count) await post(`http://127.0.0.1:${input.sinkPort}`, `${input.prefix}${next++}`);
  };
  await Promise.all(Array.from({ length: input.concurrency }, one));
  const used = process.cpuUsage(before);
  return { ms: performance.now() - begun, cpu: used.user + used.system };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** Takes a conversion, posts it to the sink and answers 202 once it is on its way. */
const passThrough = (sinkPort: number) =>
  createServer(async (incoming, outgoing) => {
    const { externalId } = JSON.parse(await bodyOf(incoming)) as { externalId: string };
    const sent = post(`http://127.0.0.1:${sinkPort}`, externalId);
    outgoing.writeHead(202, { 'content-type': 'application/json', 'content-length': 2 });
    outgoing.end('{}');
    await sent;
  });

serveCalls({
  loop,
  passThrough: ({ sinkPort }: { sinkPort: number }) =>
    new Promise<number>((resolve) => {
      const server = passThrough(sinkPort);
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    }),
});
