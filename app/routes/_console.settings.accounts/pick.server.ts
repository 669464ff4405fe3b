import type { AppLoadContext } from '@remix-run/node';
import { AppError } from '#app/platform/errors.ts';

/** What a network is, as the composition root gives it. */
export type Connector = ReturnType<AppLoadContext['wiring']['connectors']>[number];

/** The network that `?connector=` names, or the first there is. Throws 404 for one this version does not know. */
export function pickConnector(request: Request, context: AppLoadContext): Connector {
  const id = new URL(request.url).searchParams.get('connector');
  const all = context.wiring.connectors();
  const found = id === null ? all[0] : all.find((connector) => connector.id === id);
  if (!found) throw new Response(null, { status: 404 });
  return found;
}

/** Makes of a refusal the page that says so. */
export function orForbidden(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof AppError && error.code === 'FORBIDDEN')
      throw new Response(error.message, { status: 403 });
    throw error;
  }
}
