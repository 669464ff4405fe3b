import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { BODY_LIMIT_BYTES } from './answers.ts';
import { breakRequest, type Delivery } from './break-request.ts';
import { activateCampaign, readCampaign } from './campaigns.ts';
import { answerControl } from './control.ts';
import { dispute } from './disputes.ts';
import { showPage } from './pages.ts';
import { postback } from './postback.ts';
import type { Answer, Call, Route } from './types.ts';
import type { Verbs } from './verbs.ts';
import type { World } from './world.ts';

/** Every answer carries it, so that the practice network can never be mistaken for the real one. */
const MARK: [string, string] = ['x-practice-network', 'regatta'];
const JSON_TYPE = 'application/json; charset=utf-8';

type Handler = (world: World, call: Call) => Answer;
const HANDLERS: Record<Exclude<Route, 'other'>, { method: string; handle: Handler }> = {
  postback: { method: 'POST', handle: postback },
  dispute: { method: 'POST', handle: dispute },
  campaign: { method: 'GET', handle: readCampaign },
  activate: { method: 'POST', handle: activateCampaign },
};

const BY_ID = /^\/api\/v1\/(campaigns|leads)\/([^/]+)(?:\/(activate|dispute))?$/;

function findRoute(path: string): { route: Route; id: string } {
  if (path === '/api/v1/postback') return { route: 'postback', id: '' };
  const match = BY_ID.exec(path);
  if (!match) return { route: 'other', id: '' };
  const [, collection, id = '', verb] = match;
  if (collection === 'campaigns' && verb !== 'dispute') return { route: verb ? 'activate' : 'campaign', id };
  return collection === 'leads' && verb === 'dispute' ? { route: 'dispute', id } : { route: 'other', id: '' };
}

/** Reads a body as text, or as null when it is larger than the cap; the rest is drained, not kept. */
function readBody(request: IncomingMessage, done: (body: string | null) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= BODY_LIMIT_BYTES) chunks.push(chunk);
  });
  request.on('end', () => {
    if (bytes > BODY_LIMIT_BYTES) return done(null);
    const [only] = chunks;
    done(chunks.length === 1 && only ? only.toString() : Buffer.concat(chunks).toString());
  });
}

function parseJson(body: string | null): unknown {
  if (!body) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // not JSON: checkBody refuses it by name
  }
}

function textField(json: unknown, name: string): string | null {
  if (typeof json !== 'object' || json === null) return null;
  const value = (json as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : null;
}

function answerOf(world: World, call: Call): Answer {
  const entry = call.route === 'other' ? undefined : HANDLERS[call.route];
  if (entry?.method === call.method) return entry.handle(world, call);
  // The guide describes no answer for other paths and methods: like any web server, HTML and not an error code.
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  const status = entry ? 405 : 404;
  return { status, body: `<!doctype html><title>${status}</title>`, headers, effect: 'refused' };
}

function send(response: ServerResponse, answer: Answer, half: boolean): void {
  if (response.destroyed) return;
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  const bytes = Buffer.byteLength(text);
  const headers = ['content-type', answer.headers?.['content-type'] ?? JSON_TYPE, ...MARK];
  headers.push('content-length', String(bytes));
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    if (name !== 'content-type') headers.push(name, value);
  }
  response.writeHead(answer.status, headers);
  if (!half) response.end(text);
  else response.write(Buffer.from(text).subarray(0, bytes >> 1), () => response.destroy());
}

function deliver(response: ServerResponse, delivery: Delivery): void {
  if (delivery.how === 'never') return;
  if (delivery.how === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const half = delivery.how === 'truncate';
  if (delivery.delayMs === 0) send(response, delivery.answer, half);
  else setTimeout(() => send(response, delivery.answer, half), delivery.delayMs).unref();
}

/** One request to the network's own API: act (or break), answer, keep account. */
function serveApi(world: World, call: Call, response: ServerResponse): void {
  const isPostback = call.route === 'postback';
  const disputed = call.route === 'dispute' ? world.state.leads.get(call.id) : undefined;
  const externalId = isPostback ? textField(call.json, 'externalId') : (disputed?.externalId ?? null);
  const ref = isPostback ? textField(call.json, 'rgta_ref') : null;
  const fault = world.faults.pick({ route: call.route, externalId, ref });
  const work = (): Answer => answerOf(world, call);
  const delivery: Delivery = fault ? breakRequest(fault, work) : { answer: work(), how: 'send', delayMs: 0 };
  const { answer, how } = delivery;
  world.ledger.record({
    at: world.clock.now(),
    route: call.route,
    method: call.method,
    path: call.path,
    authorization: call.authorization,
    externalId,
    ref,
    body: call.body,
    status: how === 'never' || how === 'reset' ? null : answer.status,
    complete: how === 'send',
    effect: answer.effect,
    fault: fault?.kind ?? null,
    lead: answer.lead,
  });
  deliver(response, delivery);
}

/** Builds the HTTP server of a practice network: its API, its control API and its pages. */
export function createRegattaServer(world: World, verbs: Verbs): Server {
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const target = request.url ?? '/';
    const query = target.indexOf('?');
    const path = query === -1 ? target : target.slice(0, query);
    const method = request.method ?? 'GET';
    readBody(request, (body) => {
      const json = parseJson(body);
      if (path.startsWith('/__practice/')) {
        const asked = new URL(target, 'http://practice.invalid');
        return send(response, answerControl(verbs, method, asked, body, json), false);
      }
      const page = method === 'GET' ? showPage(verbs, path) : null;
      if (page) return send(response, page, false);
      const { route, id } = findRoute(path);
      const { authorization } = request.headers;
      serveApi(world, { route, method, path, id, authorization, body, json }, response);
    });
  });
  server.on('clientError', (_error, socket) => {
    if (!socket.writable) return socket.destroy();
    socket.end(`HTTP/1.1 400 Bad Request\r\n${MARK.join(': ')}\r\nConnection: close\r\n\r\n`);
  });
  return server;
}
