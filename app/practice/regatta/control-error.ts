import type { z } from 'zod';

/** A control call that cannot be done, with the HTTP status to answer. */
export class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
  }
}

/** Checks control input; throws a ControlError (400) that names each wrong field. */
export function parseControl<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const field = issue.path.map(String).join('.');
    return field ? `${field}: ${issue.message}` : issue.message;
  });
  throw new ControlError(400, `Control input is not valid. ${faults.join('; ')}`);
}
