/** Thirty days in seconds: how long a referral is remembered (RG-02). */
export const REFERRAL_SECONDS = 30 * 24 * 60 * 60;

/** Reads a Cookie header. The first of two equal names wins, as in every browser's order of paths. */
export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals === -1) continue;
    const name = part.slice(0, equals).trim();
    if (!cookies.has(name)) cookies.set(name, decode(part.slice(equals + 1).trim()));
  }
  return cookies;
}

/** Writes a cookie: 30 days, the whole site, SameSite=Lax, HttpOnly (RG-02, RG-07). */
export function writeCookie(name: string, value: string): string {
  return `${name}=${encodeURIComponent(value)}; Max-Age=${REFERRAL_SECONDS}; Path=/; SameSite=Lax; HttpOnly`;
}

/** A value that is not percent-encoding was not written by us: it is taken as it stands. */
function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
