import type { LoaderFunctionArgs } from '@remix-run/node';
import { readNeeds } from '#app/modules/reports/index.server.ts';
import type { Needs } from '#app/modules/reports/schema.ts';

/** `at`: when it was read, in ms by the server's clock. */
export interface Badges {
  needs: Needs | null;
  at: number;
}

/**
 * GET /badges: the numbers in the rail, read again on their own so that the page in view stays as it is.
 * Without a session there are none: a notice must not throw anybody off the page they are reading.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const session = await context.auth.sessionOf(request);
  const badges: Badges = {
    needs: session ? await readNeeds(context.ctx) : null,
    at: context.ctx.clock.now(),
  };
  return Response.json(badges, { headers: { 'Cache-Control': 'no-store' } });
}
