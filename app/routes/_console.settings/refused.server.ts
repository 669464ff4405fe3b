import type { Submission, SubmissionResult } from '@conform-to/react';
import { data } from '@remix-run/node';
import { AppError } from '#app/platform/errors.ts';

/** What a form's action answers: conform's reply, and whom it was about when it went well. */
export interface FormAnswer {
  reply: SubmissionResult;
  /** Name of the person who was added. */
  added?: string;
  /** Id of the person who was changed. */
  changed?: string;
  /** For how many days bodies are kept from now on. */
  savedDays?: number;
}

/**
 * The answer to a form that a verb refused: each fault beside its field, the rest above the form. Anything but an
 * AppError is thrown on. `hide` names fields whose values must not come back.
 */
export function refused(
  submission: Submission<unknown>,
  error: unknown,
  fields: readonly string[],
  hide: string[] = [],
) {
  if (!(error instanceof AppError)) throw error;
  const details = error.details ?? [];
  const own = details.filter(({ path }) => fields.includes(path));
  const fieldErrors = Object.fromEntries(own.map(({ path, message }) => [path, [message]]));
  const formErrors = own.length === 0 ? [error.message] : [];
  const reply: SubmissionResult = submission.reply({ fieldErrors, formErrors, hideFields: hide });
  return data<FormAnswer>({ reply }, { status: error.status });
}
