import { z } from 'zod';

/** What a person may be here, from the most to the least. See `policy.ts` for what each may do. */
export const ROLES = ['owner', 'ops', 'finance', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** What an API key may do: send in (ingest), look (read), act on what is there (operate). */
export const SCOPES = ['ingest', 'read', 'operate'] as const;
export type Scope = (typeof SCOPES)[number];

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;

export const roleSchema = z.enum(ROLES, { error: `Must be one of ${ROLES.join(', ')}` });
const scopeSchema = z.enum(SCOPES, { error: `Must be one of ${SCOPES.join(', ')}` });

/** Lower-cased: one person has one address, however it is typed. */
export const emailSchema = z
  .string({ error: 'Enter an email address' })
  .trim()
  .toLowerCase()
  .pipe(
    z.email({ error: 'Enter an email address, e.g. anna@example.com' }).max(254, 'At most 254 characters'),
  );

/** Taken as typed: never trimmed. */
export const newPasswordSchema = z
  .string({ error: 'Enter a password' })
  .min(PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters`)
  .max(PASSWORD_MAX, `Use at most ${PASSWORD_MAX} characters`);

const personName = z
  .string({ error: 'Enter a name' })
  .trim()
  .min(1, 'Enter a name')
  .max(100, 'At most 100 characters');

export const signInSchema = z.object({
  email: emailSchema,
  password: z
    .string({ error: 'Enter your password' })
    .min(1, 'Enter your password')
    .max(PASSWORD_MAX, `Use at most ${PASSWORD_MAX} characters`),
});
export type SignInInput = z.input<typeof signInSchema>;

export const setUpSchema = z.object({ name: personName, email: emailSchema, password: newPasswordSchema });
export type SetUpInput = z.input<typeof setUpSchema>;

export const createUserSchema = z.object({
  /** Left out: what stands before the @. */
  name: personName.optional(),
  email: emailSchema,
  password: newPasswordSchema,
  role: roleSchema,
});
export type CreateUserInput = z.input<typeof createUserSchema>;

export const createApiKeySchema = z.object({
  name: personName,
  scopes: z
    .array(scopeSchema, { error: `Choose at least one of ${SCOPES.join(', ')}` })
    .min(1, `Choose at least one of ${SCOPES.join(', ')}`)
    .transform((scopes) => SCOPES.filter((scope) => scopes.includes(scope))),
});
export type CreateApiKeyInput = z.input<typeof createApiKeySchema>;
