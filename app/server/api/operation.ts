import type { z } from 'zod';

/** One call of the API, as the OpenAPI document tells it. The schemas are those that check requests. */
export interface Operation {
  method: 'get' | 'post';
  /** OpenAPI form: /api/v1/postbacks/{id} */
  path: string;
  scope: 'ingest' | 'read' | 'operate' | null;
  summary: string;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Status → what it means, and the shape of `data` where it is described. */
  answers: Record<number, { description: string; data?: z.ZodType }>;
}
