import { z } from 'zod';
import { accountSchema } from '#app/modules/campaigns/schema.ts';

/** A credential field as the form shows it: the connector's own, without its check, which is the server's. */
export interface CredentialView {
  name: string;
  label: string;
  help: string;
  placeholder: string;
  /** The masked value that is stored, or null. */
  hint: string | null;
}

/** The form's fields for a connector with these credentials. An empty ladder means the default. Client-safe. */
export const accountFormSchema = (credentials: readonly string[]) =>
  z.object({
    name: accountSchema.shape.name,
    baseUrl: accountSchema.shape.baseUrl,
    retryScheduleSeconds: accountSchema.shape.retryScheduleSeconds.unwrap().optional(),
    credentials: z
      .object(
        Object.fromEntries(
          credentials.map((name) => [name, z.string().max(500, 'At most 500 characters').default('')]),
        ),
      )
      .default({}),
  });
export type AccountForm = z.output<ReturnType<typeof accountFormSchema>>;

/** Names of the fields as faults name them. */
export const accountFields = (credentials: readonly string[]): string[] => [
  'name',
  'baseUrl',
  'retryScheduleSeconds',
  ...credentials.map((name) => `credentials.${name}`),
];
