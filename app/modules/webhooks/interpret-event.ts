import { MAPPINGS } from './mapping-schema.ts';
import type { SourceId } from './schema.ts';
import { sourceOf } from './sources/index.ts';
import { parseBody } from './sources/parse.ts';
import type { Found } from './sources/types.ts';

/** What is kept of an event and needed to understand it. */
export interface KeptEvent {
  type: string | null;
  body: string;
  bodyEncoding: string;
}

/** The bytes of a kept body as they came. */
export const rawOf = ({ body, bodyEncoding }: Pick<KeptEvent, 'body' | 'bodyEncoding'>): Buffer =>
  Buffer.from(body, bodyEncoding === 'base64' ? 'base64' : 'utf8');

/** What an event says by a mapping that the source's schema made. Pure. Throws EventFault. */
export const interpretEvent = (source: SourceId, event: KeptEvent, mapping: unknown): Found =>
  sourceOf(source).interpret(event.type ?? '', parseBody(rawOf(event)), mapping as never);

/** A stored mapping; what an older version did not know gets its default. Throws where it is none. */
export const readMapping = (source: SourceId, stored: string) => MAPPINGS[source].parse(JSON.parse(stored));
