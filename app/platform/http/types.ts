/** What goes over the wire and what comes back, as connectors and the HTTP client both see it. */

/** A request to be sent. `secretHeaders` names the headers whose values are never stored or shown. */
export interface RequestSpec {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  /** Lower-case names of headers that carry a credential. */
  secretHeaders: readonly string[];
  /** Top-level fields of a JSON body that carry a credential; never stored or shown either. None where left out. */
  secretBodyFields?: readonly string[];
  body: string | null;
}

/** Parts of an exchange in milliseconds, where they were part of it and are known. */
export interface Timings {
  /** Look-up of the name, connection, and handshake: only where a connection was made for this exchange. */
  dnsMs?: number;
  connectMs?: number;
  tlsMs?: number;
  /** From the request's start on its connection to the head of the answer. */
  firstByteMs?: number;
  /** It went over a connection that was there already. */
  reused: boolean;
}

/** Why no complete answer came back. */
export type TransportFailure =
  | 'timeout'
  | 'dns'
  | 'refused'
  | 'reset'
  | 'tls'
  | 'blocked_address'
  | 'incomplete_response'
  | 'other';

/** What came back from the wire: an answer, or the reason why there is none. */
export type HttpResult =
  | {
      kind: 'response';
      status: number;
      /** Lower-case names; a repeated header is joined by ", ". */
      headers: Record<string, string>;
      /** The first 64 KB of the body, as bytes. */
      body: Uint8Array;
      /** Bytes the network sent, as far as they were read. */
      bodyBytes: number;
      /** True where the body was longer than what is kept. */
      truncated: boolean;
      durationMs: number;
      timings?: Timings | null;
    }
  | {
      kind: 'failure';
      failure: TransportFailure;
      message: string;
      /** False only where it is certain that no byte of the request left: the network cannot have acted on it. */
      maySent: boolean;
      durationMs: number;
      timings?: Timings | null;
    };
