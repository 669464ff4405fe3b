/** Every address that is no page. A route of its own, so that the root's loader runs and the error page knows the theme. */
export function loader(): never {
  throw new Response(null, { status: 404, statusText: 'Not Found' });
}

export const action = loader;

export default function NoSuchPage() {
  return null;
}
