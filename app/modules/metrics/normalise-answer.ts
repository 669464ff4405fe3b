/** Past this a body is not looked at: what makes two answers the same stands at their beginning. */
const LOOKED_AT = 2_000;
/** Stands for what differs from one answer to the next. */
const PLACEHOLDER = '#';

const DIGIT = 1;
const LOWER = 2;
const UPPER = 3;
const INNER = 4;
const BREAK = 0;

/** What a character is to a token. Letters beyond ASCII count as lower case; all that is not named here parts tokens. */
const KIND = new Uint8Array(128);
for (let code = 48; code <= 57; code++) KIND[code] = DIGIT;
for (let code = 97; code <= 122; code++) KIND[code] = LOWER;
for (let code = 65; code <= 90; code++) KIND[code] = UPPER;
for (const inner of '_-.@+/%~') KIND[inner.charCodeAt(0)] = INNER;

/**
 * An answer's body without what differs from one to the next: whatever holds a digit or an @, and values in mixed
 * case (tracking codes). Names in JSON stay, as do words and states. White space does not count. Runs for every
 * attempt, so it is one pass over the characters, linear in their number.
 */
export function normaliseAnswer(body: string): string {
  const end = Math.min(body.length, LOOKED_AT);
  let out = '';
  let at = 0;
  while (at < end) {
    const code = body.charCodeAt(at);
    const kind = code < 128 ? (KIND[code] as number) : LOWER;
    if (kind === BREAK) {
      if (code > 32) out += body[at];
      else if (!out.endsWith(' ')) out += ' ';
      at++;
      continue;
    }
    const start = at;
    let variable = false;
    let mixed = false;
    let before = BREAK;
    for (; at < end; at++) {
      const next = body.charCodeAt(at);
      const is = next < 128 ? (KIND[next] as number) : LOWER;
      if (is === BREAK) break;
      if (is === DIGIT || next === 64) variable = true;
      else if (is === UPPER && before === LOWER) mixed = true;
      before = is;
    }
    // "revenueCents": a name, which stays; "AbCdEfGh": a value, which does not
    const isName = body.charCodeAt(at) === 34 && body.charCodeAt(at + 1) === 58;
    out += (variable || mixed) && !isName ? PLACEHOLDER : body.slice(start, at);
  }
  return out.trim();
}

/** The longest run of words that stays the same in all of these answers, at most eight: what to search them by. */
export function stableWords(normalised: string): string {
  let best: string[] = [];
  for (const part of normalised.split(PLACEHOLDER)) {
    const words = part.match(/[\p{L}\p{N}]+/gu) ?? [];
    if (words.length > best.length) best = words;
  }
  return best.slice(0, 8).join(' ');
}
