import type { ActionFunctionArgs } from '@remix-run/node';
import { redirect } from '@remix-run/node';

/** Nothing to look at: signing out is a deed (POST). */
export const loader = () => redirect('/');

/** Ends the session in the store and clears its cookie. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { headers } = await context.auth.signOut({ request, clientIp: context.clientIp });
  return redirect('/login', { headers });
}
