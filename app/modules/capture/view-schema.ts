import type { z } from 'zod';
import type { captureSchemaOut } from './filter-schema.ts';

/** A capture as lists show it. Client-safe: plain JSON. */
export type CaptureItem = Omit<z.output<typeof captureSchemaOut>, 'network'> & { accountId: string };

/** How far a code has got, whoever brought it: one code stands for one affiliate, not for one visitor. */
export interface CodeReach {
  record: boolean;
  /** Conversions that carry it, counted to 10. */
  conversions: number;
  more: boolean;
  /** Status of the newest postback that carries it. */
  postback: string | null;
}

export interface CapturePage {
  items: CaptureItem[];
  nextBefore: string | null;
  nextAfter: string | null;
  /** Rows looked through where the walk stopped before the page was full; null where it did not. */
  looked: number | null;
}

/** One visitor's code, layer by layer (RG-06): null where nothing was seen. */
export interface CaptureTrace {
  record: { type: string; recordId: string; ref: string; at: string } | null;
  conversion: { id: string; externalId: string; ref: string | null; at: string; test: boolean } | null;
  postback: { id: string; status: string } | null;
  /** The code in the body of the newest attempt, or null where none was made. */
  sentRef: string | null;
}
