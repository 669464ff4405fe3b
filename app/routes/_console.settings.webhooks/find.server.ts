import type { AppLoadContext } from '@remix-run/node';
import { getEndpoint } from '#app/modules/webhooks/index.server.ts';
import { AppError } from '#app/platform/errors.ts';

/** Makes of NOT_FOUND the page that says so. */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND')
      throw new Response(error.message, { status: 404 });
    throw error;
  }
}

/** The endpoint that an address names; 404 where there is none. */
export const findEndpoint = (context: AppLoadContext, id: string | undefined) =>
  orNotFound(getEndpoint(context.ctx, id ?? ''));
