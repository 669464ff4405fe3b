import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A postback as it arrived at the network's door. */
export interface Arrival {
  externalId: string;
  /** Postbacks at the network at that moment, this one included. */
  together: number;
  /** Answers that had been given by then. */
  answeredBefore: number;
}

/** Stands before a practice network: passes everything on, watches how many postbacks are there at once, and can hold them. */
export interface HeldLine {
  baseUrl: string;
  arrivals: Arrival[];
  readonly underWay: number;
  /** From now on postbacks wait at the door. */
  hold(): void;
  /** Lets the one go that waits longest. */
  letOneGo(): void;
  /** Lets all go that wait, and those to come. */
  open(): void;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Starts the line on loopback, in front of the network at `target` (its address without a path). */
export async function startHeldLine(target: string): Promise<HeldLine> {
  const arrivals: Arrival[] = [];
  const waiting: (() => void)[] = [];
  let held = false;
  let underWay = 0;
  let answered = 0;
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const isPostback = request.url?.endsWith('/postback') ?? false;
    if (isPostback) {
      underWay++;
      const { externalId } = JSON.parse(body) as { externalId: string };
      arrivals.push({ externalId, together: underWay, answeredBefore: answered });
      if (held) await new Promise<void>((resolve) => waiting.push(resolve));
    }
    const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
    const answer = await fetch(target + request.url, {
      method: request.method ?? 'GET',
      headers: { authorization, 'content-type': type },
      ...(body === '' ? {} : { body }),
    });
    const text = await answer.text();
    // counted before it is given: who reads it may already send the next
    if (isPostback) {
      underWay--;
      answered++;
    }
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/api/v1`,
    arrivals,
    get underWay() {
      return underWay;
    },
    hold() {
      held = true;
    },
    letOneGo: () => waiting.shift()?.(),
    open() {
      held = false;
      for (const go of waiting.splice(0)) go();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
