import { z } from 'zod';
import { createUserSchema, newPasswordSchema, roleSchema } from '#app/modules/operators/schema.ts';

/** Adding somebody. Client-safe. */
export const addPersonSchema = createUserSchema;

/** Changing somebody: their role, whether they may sign in, a new password (empty: as it is). Client-safe. */
export const changePersonSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: roleSchema,
  access: z.enum(['on', 'off'], { error: 'Choose whether they may sign in' }),
  password: newPasswordSchema.optional(),
});

export const ROLE_WORDS = {
  owner: 'Everything, people and keys too',
  ops: 'Retries, disputes, campaigns',
  finance: 'Disputes and refunds',
  viewer: 'Looks, changes nothing',
} as const;
