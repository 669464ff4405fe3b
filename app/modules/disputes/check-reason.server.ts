import { AppError } from '#app/platform/errors.ts';
import { reasonSchema } from './schema.ts';

/** A dispute's reason as it may be sent (RG-36). Throws VALIDATION_ERROR with the path `reason`. */
export function checkedReason(reason: string): string {
  const checked = reasonSchema.safeParse({ reason });
  if (checked.success) return checked.data.reason;
  const details = checked.error.issues.map((issue) => ({ path: 'reason', message: issue.message }));
  throw new AppError('VALIDATION_ERROR', details[0]?.message ?? 'reason is wrong', { details });
}
