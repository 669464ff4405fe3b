import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveCalls } from '../child.ts';

/** A network that takes everything: 201 and a lead of its own for each postback, as the guide shows it. */
let leads = 0;
/** Arrival of each externalId, ms of the machine's monotonic clock, while it is asked for. */
let arrivals: Map<string, number> | null = null;
const run = Math.random().toString(36).slice(2, 10);

const lead = (): string =>
  `{"success":true,"data":{"id":"lead-${run}-${++leads}","status":"VERIFIED","trackingCode":"M4TSbpS8","payoutCents":990,"currency":"USD","campaignId":"camp-bench","affiliateId":"aff-bench"}}`;
const CAMPAIGN =
  '{"success":true,"data":{"campaign":{"id":"camp-bench","testTrackingCode":"7xKpQm2N","holdingPeriodDays":30,"compensationModel":"REV_SHARE","payoutPercentage":10,"status":"ACTIVE"}}}';

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => {
    if (arrivals) parts.push(part);
  });
  request.on('end', () => {
    if (arrivals) note(Buffer.concat(parts).toString(), arrivals);
    const [status, body] = request.method === 'GET' ? [200, CAMPAIGN] : [201, lead()];
    response.writeHead(status as number, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body as string),
    });
    response.end(body);
  });
});
server.keepAliveTimeout = 60_000;

function note(body: string, into: Map<string, number>): void {
  const externalId = /"externalId":"([^"]+)"/.exec(body)?.[1];
  if (externalId) into.set(externalId, Number(process.hrtime.bigint()) / 1e6);
}

serveCalls({
  listen: () =>
    new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
    ),
  taken: () => leads,
  note: () => {
    arrivals = new Map();
  },
  arrivals: () => {
    const noted = [...(arrivals ?? [])];
    arrivals = null;
    return noted;
  },
});
