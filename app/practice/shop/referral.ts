import { readCookies, writeCookie } from './cookies.ts';
import type { CaptureReport } from './leadline.ts';

/** What a request tells about who referred this visitor, and what to do about it. */
export type Referral = {
  visitorId: string;
  /** The code that counts: the first one this browser brought (RG-03). */
  ref: string | null;
  promo: string | null;
  /** Set-Cookie values for the answer. */
  setCookies: string[];
  /** What to report to Leadline; null when the address carried no code. */
  capture: CaptureReport | null;
};

const VISITOR = 'fernhill_visitor';

/** A code the network could know: 1 to 64 characters, otherwise taken exactly as it stands (RG-01, RG-06). */
function usable(value: string | null): string | null {
  return value !== null && value.length >= 1 && value.length <= 64 ? value : null;
}

/**
 * Reads a visit: the first code stays in the cookie for good (RG-02, RG-03), the promo likewise (RG-07), and
 * every code seen is reported with the value the cookie now holds, so that a blocked overwrite shows.
 */
export function readVisit(url: URL, cookieHeader: string | undefined, newVisitorId: () => string): Referral {
  const cookies = readCookies(cookieHeader);
  const setCookies: string[] = [];
  const keepFirst = (name: string, seen: string | null): string | null => {
    const held = cookies.get(name) || null;
    if (held === null && seen !== null) setCookies.push(writeCookie(name, seen));
    return held ?? seen;
  };
  const seenRef = usable(url.searchParams.get('rgta_ref'));
  const seenPromo = url.searchParams.get('promo') || null;
  const ref = keepFirst('rgta_ref', seenRef);
  const promo = keepFirst('rgta_promo', seenPromo);
  const visitorId = keepFirst(VISITOR, cookies.get(VISITOR) || newVisitorId()) as string;
  const capture =
    seenRef === null || ref === null
      ? null
      : { ref: seenRef, promo: seenPromo, url: url.href, visitorId, cookieValue: ref };
  return { visitorId, ref, promo, setCookies, capture };
}
