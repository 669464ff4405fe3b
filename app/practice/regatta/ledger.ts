import type { Effect, Lead, Route } from './types.ts';

/** Exact counts of what arrived and what came of it. */
export type Tally = {
  requests: number;
  leads: number;
  duplicates: number;
  tests: number;
  disputes: number;
  refused: number;
  /** Requests that a fault kept from being acted on. */
  untouched: number;
  /** Requests that never got a whole answer. */
  unanswered: number;
};

/** One request as it arrived, and what came of it. */
export type RawRequest = {
  at: string;
  route: Route;
  method: string;
  path: string;
  /** The prefix and the last four characters of the key; null when there was none. */
  keyHint: string | null;
  externalId: string | null;
  ref: string | null;
  body: string | null;
  bodyCut: boolean;
  /** The status sent, or null when nothing was. */
  status: number | null;
  effect: Effect;
  fault: string | null;
  leadId: string | null;
};

/** What the server reports of one request. */
export type Entry = {
  at: number;
  route: Route;
  method: string;
  path: string;
  authorization: string | undefined;
  externalId: string | null;
  ref: string | null;
  body: string | null;
  status: number | null;
  complete: boolean;
  effect: Effect;
  fault: string | null;
  lead: Lead | undefined;
  /** Set by the ledger when it kept only the start of the body. */
  bodyCut?: boolean;
};

const BODY_KEPT = 4096;

function emptyTally(): Tally {
  return {
    requests: 0,
    leads: 0,
    duplicates: 0,
    tests: 0,
    disputes: 0,
    refused: 0,
    untouched: 0,
    unanswered: 0,
  };
}

function count(tally: Tally, entry: Entry): void {
  tally.requests++;
  if (!entry.complete) tally.unanswered++;
  switch (entry.effect) {
    case 'lead_created':
      tally.leads++;
      break;
    case 'duplicate':
      tally.duplicates++;
      break;
    case 'test':
      tally.tests++;
      break;
    case 'disputed':
      tally.disputes++;
      break;
    case 'refused':
      tally.refused++;
      break;
    case 'nothing':
      tally.untouched++;
      break;
  }
}

/** Masks an Authorization header: enough to tell two keys apart, never enough to use one. */
export function hintKey(authorization: string | undefined): string | null {
  if (!authorization) return null;
  const key = authorization.slice(authorization.indexOf(' ') + 1);
  const prefix = key.startsWith('rgt_live_') ? 'rgt_live_' : '';
  return `${prefix}…${key.length >= prefix.length + 12 ? key.slice(-4) : ''}`;
}

/** What the network was asked and what it did: exact counts for ever, whole requests for the latest few thousand. */
export class Ledger {
  readonly total: Tally = emptyTally();
  readonly byRoute: Record<Route, number> = { postback: 0, dispute: 0, campaign: 0, activate: 0, other: 0 };
  readonly #byExternalId = new Map<string, Tally>();
  readonly #kept: Entry[] = [];
  readonly #keep: number;
  #next = 0;

  constructor(keep = 5000) {
    this.#keep = keep;
  }

  /** Counts a request and keeps it until newer ones push it out. */
  record(entry: Entry): void {
    this.byRoute[entry.route]++;
    count(this.total, entry);
    if (entry.externalId !== null) {
      const known = this.#byExternalId.get(entry.externalId);
      const tally = known ?? emptyTally();
      if (!known) this.#byExternalId.set(entry.externalId, tally);
      count(tally, entry);
    }
    if (this.#keep === 0) return;
    this.#kept[this.#next] = cutBody(entry);
    this.#next = (this.#next + 1) % this.#keep;
  }

  /** How many different externalIds were seen. */
  get externalIds(): number {
    return this.#byExternalId.size;
  }

  /** The exact counts of one externalId; zeros when it was never seen. */
  tallyOf(externalId: string): Tally {
    return { ...(this.#byExternalId.get(externalId) ?? emptyTally()) };
  }

  /** The requests still kept, oldest first, of one externalId or of all; at most the latest `limit`. */
  requests(externalId?: string, limit = this.#keep): RawRequest[] {
    const inOrder = [...this.#kept.slice(this.#next), ...this.#kept.slice(0, this.#next)];
    const wanted =
      externalId === undefined ? inOrder : inOrder.filter((entry) => entry.externalId === externalId);
    return wanted.slice(-limit).map(toRawRequest);
  }
}

/** Copies the start of a large body: a plain slice would keep all of it in memory. */
function cutBody(entry: Entry): Entry {
  if (entry.body === null || entry.body.length <= BODY_KEPT) return entry;
  return { ...entry, body: Buffer.from(entry.body.slice(0, BODY_KEPT)).toString(), bodyCut: true };
}

function toRawRequest(entry: Entry): RawRequest {
  const { authorization, lead, complete: _complete, ...rest } = entry;
  return {
    ...rest,
    at: new Date(entry.at).toISOString(),
    keyHint: hintKey(authorization),
    bodyCut: entry.bodyCut ?? false,
    leadId: lead?.id ?? null,
  };
}
