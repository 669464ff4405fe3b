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

/**
 * Stands before a practice network: passes everything on, watches how many postbacks are there at once, and can hold
 * postbacks or disputes: whoever sent one may stop waiting, and the network gets it all the same once it is let go.
 */
export interface HeldLine {
  baseUrl: string;
  arrivals: Arrival[];
  readonly underWay: number;
  /** Calls that wait at the door. */
  readonly held: number;
  /** From now on postbacks, or disputes, wait at the door. */
  hold(what?: 'postback' | 'dispute'): void;
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

/** The network's answer, or null where the line to it broke. */
async function passOn(
  url: string,
  { method = 'GET', headers }: IncomingMessage,
  body: string,
): Promise<{ status: number; type: string; text: string } | null> {
  const { authorization = '', 'content-type': type = 'application/json' } = headers;
  try {
    const answer = await fetch(url, {
      method,
      headers: { authorization, 'content-type': type },
      ...(body === '' ? {} : { body }),
    });
    const text = await answer.text();
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', text };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Starts the line on loopback, in front of the network at `target` (its address without a path). */
export async function startHeldLine(target: string): Promise<HeldLine> {
  const arrivals: Arrival[] = [];
  const waiting: (() => void)[] = [];
  let held: 'postback' | 'dispute' | null = null;
  let underWay = 0;
  let answered = 0;
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const isPostback = request.url?.endsWith('/postback') ?? false;
    if (isPostback) {
      underWay++;
      const { externalId } = JSON.parse(body) as { externalId: string };
      arrivals.push({ externalId, together: underWay, answeredBefore: answered });
    }
    if (held && request.url?.endsWith(`/${held}`)) await new Promise<void>((go) => waiting.push(go));
    const answer = await passOn(target + request.url, request, body);
    // counted before it is given: who reads it may already send the next
    if (isPostback) {
      underWay--;
      answered++;
    }
    // where the network gave none, the line breaks on this side too
    if (answer) response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.text);
    else response.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/api/v1`,
    arrivals,
    get underWay() {
      return underWay;
    },
    get held() {
      return waiting.length;
    },
    hold(what = 'postback') {
      held = what;
    },
    letOneGo: () => waiting.shift()?.(),
    open() {
      held = null;
      for (const go of waiting.splice(0)) go();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
