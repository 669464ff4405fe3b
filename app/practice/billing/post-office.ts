import { ControlError } from '../regatta/control-error.ts';
import type { BillingFault } from './schemas.ts';
import { signatureOf } from './sign.ts';
import type { BillingEvent, Delivery, SourceId } from './types.ts';

export type Endpoint = { url: string; secret: string };

/** How many deliveries and events are remembered. */
const KEPT = 10_000;
const TIMEOUT_MS = 10_000;

/**
 * Signs and posts events, one after the other, and does it wrongly where a fault says so. Each delivery is signed
 * anew with the practice time, as the providers do. What nobody takes is written down, not thrown.
 */
export class PostOffice {
  readonly #now: () => number;
  readonly #endpoints = new Map<SourceId, Endpoint>();
  #faults: BillingFault[] = [];
  /** Events that wait for the next one, and events that wait for `release`. */
  #afterNext: BillingEvent[] = [];
  #late: BillingEvent[] = [];
  readonly #deliveries: Delivery[] = [];
  readonly #events = new Map<string, BillingEvent>();

  constructor(now: () => number, endpoints: Partial<Record<SourceId, Endpoint>>) {
    this.#now = now;
    for (const [source, endpoint] of Object.entries(endpoints)) this.connect(source as SourceId, endpoint);
  }

  /** Says where a provider sends to, and with which secret it signs. */
  connect(source: SourceId, endpoint: Endpoint): void {
    this.#endpoints.set(source, endpoint);
  }

  /** Replaces the faults. */
  setFaults(faults: readonly BillingFault[]): BillingFault[] {
    this.#faults = faults.map((fault) => ({ ...fault }));
    return this.faults();
  }

  faults(): BillingFault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  /** Every delivery, oldest first. */
  deliveries(): Delivery[] {
    return [...this.#deliveries];
  }

  /** Sends events in this order, unless faults say otherwise. Answers the deliveries made. */
  async send(events: readonly BillingEvent[]): Promise<Delivery[]> {
    const made: Delivery[] = [];
    for (const event of events) {
      this.#events.set(event.eventId, event);
      if (this.#events.size > KEPT) this.#events.delete(this.#events.keys().next().value as string);
      const fault = this.#pick(event);
      if (fault?.kind === 'late') {
        this.#late.push(event);
        continue;
      }
      if (fault?.kind === 'out_of_order') {
        this.#afterNext.push(event);
        continue;
      }
      const waiting = this.#afterNext.splice(0);
      made.push(await this.#post(event, fault));
      if (fault?.kind === 'repeat')
        for (let i = 0; i < fault.times; i++) made.push(await this.#post(event, fault));
      for (const one of waiting) made.push(await this.#post(one, null));
    }
    return made;
  }

  /** Sends what was held back. */
  async release(): Promise<Delivery[]> {
    const made: Delivery[] = [];
    for (const event of [...this.#afterNext.splice(0), ...this.#late.splice(0)])
      made.push(await this.#post(event, null));
    return made;
  }

  /** Sends an event again, as providers do by hand or after a failure; without faults. */
  async resend(eventId: string): Promise<Delivery[]> {
    const event = this.#events.get(eventId);
    if (!event) throw new ControlError(404, `No event has the id ${eventId}`);
    return [await this.#post(event, null)];
  }

  #pick(event: BillingEvent): BillingFault | null {
    const fault = this.#faults.find(
      ({ source, type }) =>
        (source === undefined || source === event.source) && (type === undefined || type === event.type),
    );
    if (!fault) return null;
    const picked = { ...fault };
    if (fault.remaining !== undefined && --fault.remaining === 0)
      this.#faults = this.#faults.filter((other) => other !== fault);
    return picked;
  }

  async #post(event: BillingEvent, fault: BillingFault | null): Promise<Delivery> {
    const endpoint = this.#endpoints.get(event.source);
    if (!endpoint)
      throw new ControlError(409, `No endpoint of ${event.source} is known: POST /endpoints first`);
    const signedAt = this.#now() - (fault?.kind === 'old_timestamp' ? fault.ageSeconds * 1000 : 0);
    const secret = fault?.kind === 'wrong_secret' ? `${endpoint.secret}_of_another` : endpoint.secret;
    const signature =
      fault?.kind === 'no_signature' ? {} : signatureOf(event.source, event.body, secret, signedAt);
    // a space is no change of the JSON, but it is one of the bytes
    const body =
      fault?.kind === 'tampered' ? `${event.body.slice(0, -1)} ${event.body.slice(-1)}` : event.body;
    const { status, answer } = await post(endpoint.url, body, { ...event.headers, ...signature });
    const { source, eventId, type } = event;
    const at = new Date(this.#now()).toISOString();
    const made = { at, source, eventId, type, fault: fault?.kind ?? null, url: endpoint.url, status, answer };
    this.#deliveries.push(made);
    if (this.#deliveries.length > KEPT) this.#deliveries.shift();
    return made;
  }
}

async function post(url: string, body: string, headers: Record<string, string>) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, answer: (await response.text()).slice(0, 2_000) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return { status: null, answer: `${error instanceof Error ? error.message : String(error)}${cause}` };
  }
}
