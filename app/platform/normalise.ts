/** Past this a text is not looked at: what makes two messages the same stands at their beginning. */
const LOOKED_AT = 2_000;

const RULES: readonly (readonly [RegExp, string])[] = [
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>`“”«»]+/gi, '<url>'],
  [/[^\s"'<>@,;:()]{1,64}@[^\s"'<>@,;:()]{1,190}\.[a-z]{2,24}/gi, '<email>'],
  [/"[^"]{0,1000}"|“[^”]{0,1000}”|«[^»]{0,1000}»|`[^`]{0,1000}`/g, '"…"'],
  // an apostrophe inside a word opens no quotation
  [/(?<![\p{L}\p{N}])'[^']{0,1000}'(?![\p{L}\p{N}])/gu, '"…"'],
  [/\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?/g, '<time>'],
  [/(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi, '<ip>'],
];

/** A placeholder, or what may be an id: letters, digits and what joins them. Base64 and base58 fall under it too. */
const TOKEN = /<(?:url|email|time|ip|id)>|[A-Za-z0-9][A-Za-z0-9_+/=-]*/g;
/** Joined words, each written as words are: revenueCents, externalId, REV_SHARE, re-activate, HTTPServer. */
const WORDS = /^(?:[A-Z]?[a-z]+|[A-Z]+)$|^(?:[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])|Ids?(?![a-z]))+$/;
/** Shorter than this nothing is taken for an id. */
const ID_LENGTH = 6;

/**
 * The words of a text without what differs from one occurrence to the next: addresses, quotations, times, ids
 * (uuid, hex, base58, base64, order numbers) and numbers become placeholders. Texts that say the same come out the
 * same. At most `max` characters. Pure, and linear in the length of the text.
 */
export function normaliseText(text: string, max: number): string {
  let out = text.slice(0, LOOKED_AT).toWellFormed();
  for (const [pattern, placeholder] of RULES) out = out.replace(pattern, placeholder);
  out = out
    .replace(TOKEN, (token) => (token.startsWith('<') ? token : withoutId(token)))
    .replace(/\d+(?:[.,:]\d+)*/g, '#')
    .replace(/\s+/g, ' ')
    .trim();
  return out.length <= max ? out : clipped(out, max);
}

function withoutId(token: string): string {
  if (token.length < ID_LENGTH) return token;
  const parts = token.split(/[_+/=-]+/).filter((part) => part !== '');
  if (parts.every((part) => /^\d+$/.test(part))) return parts.length === 1 ? '#' : '<id>';
  const plain = parts.every((part) => WORDS.test(part) || (part.length < ID_LENGTH && !/\d/.test(part)));
  return plain ? token : '<id>';
}

function clipped(text: string, max: number): string {
  const cut = text.slice(0, max - 1).toWellFormed();
  const space = cut.lastIndexOf(' ');
  return `${space > max - 60 ? cut.slice(0, space) : cut}…`;
}
