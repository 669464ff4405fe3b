import { z } from 'zod';

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

/** The shape of a list's answer: one page, and the cursor of the next. */
export const pageOf = (item: z.ZodType) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
