import { z } from 'zod';

/** What a person can do to one postback, as POST /postbacks/:id/act names it. Client-safe. */
export const intentSchema = z.enum(['retry', 'resend', 'skip']);
export type Intent = z.output<typeof intentSchema>;
