import { isAPIError } from 'better-auth/api';
import { AppError } from '#app/platform/errors.ts';

/** RATE_LIMITED, with the whole seconds to wait. */
export const tooManyTries = (seconds: number): AppError =>
  new AppError(
    'RATE_LIMITED',
    `Too many tries to sign in. Wait ${seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`} and try again; an owner can set a new password with "npm run admin -- reset-password".`,
    { retryAfterSeconds: seconds },
  );

/** What better-auth threw at a sign-in, as an error for people; anything unexpected as it is. */
export function signInError(error: unknown): unknown {
  if (!isAPIError(error)) return error;
  if (error.statusCode === 401) {
    return new AppError('AUTH_INVALID_KEY', 'Email or password is wrong. Check both and try again.');
  }
  if (error.body?.code === 'BANNED_USER') return new AppError('FORBIDDEN', error.message);
  return error;
}
