const BASE = 'http://leadline.invalid';
/** Pages that make no sense to come back to after signing in. */
const NOT_AGAIN = /^\/(login|logout|setup)(\/|$)/;

/**
 * Where to go after signing in: a path on this site, else `/`. An address with a host of its own, in any of the
 * spellings that browsers accept (`//host`, `/\host`, control characters), would let a link lead people away.
 */
export function safeNextPath(value: unknown): string {
  if (typeof value !== 'string' || value.length > 2000 || !value.startsWith('/')) return '/';
  if ([...value].some((char) => char < ' ' || char === '\\') || !URL.canParse(value, BASE)) return '/';
  const url = new URL(value, BASE);
  if (url.origin !== BASE || url.pathname.startsWith('//') || NOT_AGAIN.test(url.pathname)) return '/';
  return url.pathname + url.search + url.hash;
}

/** `/login`, with the way back to the page that was asked for. */
export function loginPath(request: { method: string; url: string }): string {
  if (request.method !== 'GET') return '/login';
  const url = new URL(request.url);
  url.searchParams.delete('_routes');
  const next = safeNextPath(url.pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/') + url.search);
  return next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
}
