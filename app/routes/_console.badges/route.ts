import type { LoaderFunctionArgs } from '@remix-run/node';
import { readNeeds } from '#app/modules/reports/index.server.ts';

/**
 * GET /badges: the numbers in the rail, read again on their own so that the page in view stays as it is.
 * Without a session there are none: a notice must not throw anybody off the page they are reading.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const session = await context.auth.sessionOf(request);
  return { needs: session ? await readNeeds(context.ctx) : null, at: context.ctx.clock.now() };
}
