/**
 * The value of a query parameter as it stood in a URL. Percent signs are decoded, because that is how a URL writes a
 * byte; "+" is left as it is, because a site that makes a space of it has changed the code. Undecodable: as it stands.
 */
export function queryValue(url: string, name: string): string | null {
  const query = /\?([^#]*)/.exec(url)?.[1];
  if (query === undefined) return null;
  for (const part of query.split('&')) {
    const at = part.indexOf('=');
    if (at < 0 || decoded(part.slice(0, at)) !== name) continue;
    return decoded(part.slice(at + 1));
  }
  return null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What is left of a code when case and white space (invisible signs too) do not count. */
export const folded = (code: string): string => code.replaceAll(BLANK, '').toLowerCase();
/** White space, invisible signs too. */
export const BLANK = /[\s\u200b-\u200d\u2060\ufeff\u00ad]/gu;

/** Two codes that differ, but only by case or white space. */
export const differsOnlyInForm = (a: string, b: string): boolean => a !== b && folded(a) === folded(b);

/** At most this many letters are tried in both cases (2^10 spellings). */
const LETTERS_MAX = 10;

/** Spellings of a code that differ from it by case or by white space taken off; the code itself left out. */
export function spellings(code: string): string[] {
  const bare = code.replaceAll(BLANK, '');
  const chars = [...bare];
  const letters = chars.flatMap((char, i) => (char.toLowerCase() !== char.toUpperCase() ? [i] : []));
  const found = new Set([bare, bare.toLowerCase(), bare.toUpperCase()]);
  if (letters.length <= LETTERS_MAX) {
    for (let mask = 0; mask < 2 ** letters.length; mask++) {
      const spelt = [...chars];
      letters.forEach((at, bit) => {
        const char = chars[at] ?? '';
        spelt[at] = mask & (1 << bit) ? char.toUpperCase() : char.toLowerCase();
      });
      found.add(spelt.join(''));
    }
  }
  found.delete(code);
  found.delete('');
  return [...found];
}

/** The code inside a JSON body: the field with the network's parameter name, else the text that resembles `ref`. */
export function codeInBody(body: string | null, ref: string | null, parameter: string | null): string | null {
  if (body === null) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return null;
  }
  if (parsed === null || typeof parsed !== 'object') return null;
  const fields = Object.entries(parsed);
  const named = fields.find(([name, value]) => name === parameter && typeof value === 'string');
  const alike = fields.find(
    ([, value]) => typeof value === 'string' && ref !== null && folded(value) === folded(ref),
  );
  const value = (named ?? alike)?.[1];
  return typeof value === 'string' ? value : null;
}
