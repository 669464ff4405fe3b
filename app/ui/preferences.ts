import { isZone } from '../platform/time-format.ts';

/** Small choices of one browser, kept in cookies so that the server renders them right at once. */
export type Theme = 'light' | 'dark' | 'system';

export type Preferences = {
  /** The rail folded to icons. */
  narrow: boolean;
  theme: Theme;
  /** The chosen IANA time zone, or null when none was chosen. */
  zone: string | null;
  /** Single-key shortcuts such as j, k and x; can be turned off in the list of keys (WCAG 2.1.4). */
  keys: boolean;
};

const YEAR_SECONDS = 31_536_000;

/** Reads the choices from a Cookie header (server) or `document.cookie`. */
export function readPreferences(cookies: string | null | undefined): Preferences {
  const jar = new Map(
    (cookies ?? '').split(/;\s*/).map((pair): [string, string] => {
      const cut = pair.indexOf('=');
      return [pair.slice(0, cut), pair.slice(cut + 1)];
    }),
  );
  const theme = jar.get('theme');
  return {
    narrow: jar.get('rail') === 'narrow',
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    zone: decode(jar.get('tz')),
    keys: jar.get('keys') !== 'off',
  };
}

/** The chosen zone where this engine knows it, else UTC: what loaders count days in. */
export function readZone(cookies: string | null | undefined): string {
  const { zone } = readPreferences(cookies);
  return zone !== null && isZone(zone) ? zone : 'UTC';
}

function decode(value: string | undefined): string | null {
  if (!value) return null;
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

/** Keeps one choice for a year. Browser only. */
export function writePreference(name: 'rail' | 'theme' | 'tz' | 'keys', value: string): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain-http hosts, where this runs too
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
}
