import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ControlError } from '../regatta/control-error.ts';
import type { BillingVerbs } from './verbs.ts';

const BASE = '/__practice/billing';
const BODY_LIMIT = 1024 * 1024;

type Control = (verbs: BillingVerbs, json: unknown, query: Record<string, string>) => unknown;

const CONTROLS: Record<string, Control> = {
  'GET /payments': (verbs) => verbs.payments(),
  'POST /payments': (verbs, json) => verbs.pay(json),
  'POST /payments/settle': (verbs, json) => verbs.settle(json),
  'POST /payments/renew': (verbs, json) => verbs.renew(json),
  'POST /refunds': (verbs, json) => verbs.refund(json),
  'POST /refunds/settle': (verbs, json) => verbs.settleRefund(json),
  'POST /disputes': (verbs, json) => verbs.dispute(json),
  'POST /disputes/close': (verbs, json) => verbs.closeDispute(json),
  'POST /other': (verbs, json) => verbs.other(json),
  'GET /deliveries': (verbs, _json, query) => verbs.deliveries(query),
  'GET /faults': (verbs) => verbs.faults(),
  'POST /faults': (verbs, json) => verbs.setFaults(json),
  'DELETE /faults': (verbs) => verbs.setFaults([]),
  'POST /endpoints': (verbs, json) => verbs.connect(json),
  'POST /release': (verbs) => verbs.release(),
  'POST /resend': (verbs, json) => verbs.resend(eventIdOf(json)),
  'POST /clock': (verbs, json) => verbs.changeClock(json),
};

/** Builds the server of the control calls under /__practice/billing/: JSON in and out, 4xx with what to send instead. */
export function createBillingServer(verbs: BillingVerbs): Server {
  return createServer((request, response) => {
    answer(verbs, request).then(
      (body) => send(response, 200, body),
      (error: unknown) => {
        if (!(error instanceof ControlError)) process.stderr.write(`[billing] ${String(error)}\n`);
        const status = error instanceof ControlError ? error.status : 500;
        send(response, status, { error: error instanceof Error ? error.message : String(error) });
      },
    );
  });
}

async function answer(verbs: BillingVerbs, request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://practice.invalid');
  const call = `${request.method} ${url.pathname.slice(BASE.length)}`;
  const control = url.pathname.startsWith(`${BASE}/`) ? CONTROLS[call] : undefined;
  if (!control)
    throw new ControlError(
      404,
      `No control ${request.method} ${url.pathname}. Known under ${BASE}: ${Object.keys(CONTROLS).join(', ')}`,
    );
  return control(verbs, await readJson(request), Object.fromEntries(url.searchParams));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_LIMIT) throw new ControlError(413, 'Control body is larger than 1 MB');
    chunks.push(chunk);
  }
  if (bytes === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new ControlError(400, 'Control body is not valid JSON');
  }
}

function eventIdOf(json: unknown): string {
  const eventId = (json as { eventId?: unknown } | undefined)?.eventId;
  if (typeof eventId === 'string') return eventId;
  throw new ControlError(400, 'Control input is not valid. eventId: is the id of an event that was sent');
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-practice-network': 'billing',
  });
  response.end(JSON.stringify(body));
}
