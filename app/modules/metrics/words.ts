/** Characters of a body that are searched. */
export const BODY_CHARS = 12_000;
/** Characters of the network's error message that are searched. */
export const MESSAGE_CHARS = 2_000;
/** Words of a search; more are not looked at. */
const MAX_WORDS = 16;
/** A last word shorter than this must be whole. */
const PREFIX_MIN = 2;
/** PostgreSQL keeps no longer word, no further position and no more places of one word. */
const WORD_CHARS = 250;
const MAX_POSITION = 16_000;
const MAX_PLACES = 250;

/** Line ends and tabs as JSON writes them part words; other escapes stay as they are. On SQLite the statement does it. */
export const ESCAPED_SPACES = ['\\n', '\\r', '\\t'] as const;

/** Runs of letters and digits, in lower case: what SQLite's unicode61 takes for words. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** PostgreSQL takes no half of a character. */
const cutWord = (word: string): string =>
  word.length <= WORD_CHARS ? word : word.slice(0, WORD_CHARS).toWellFormed();

/** What to search for: the words in this order, the last one by its beginning if `prefix`. */
export interface Phrase {
  words: string[];
  prefix: boolean;
}

/** The phrase of a search text; null where it holds no word. Control characters and case do not count. */
export function phraseOf(text: string): Phrase | null {
  const words = wordsOf(text).slice(0, MAX_WORDS).map(cutWord);
  const last = words.at(-1);
  return last === undefined ? null : { words, prefix: [...last].length >= PREFIX_MIN };
}

/** The phrase as FTS5 reads it. Words are letters and digits, so nothing needs quoting. */
export const matchOf = ({ words, prefix }: Phrase): string => `"${words.join(' ')}"${prefix ? ' *' : ''}`;

/** The phrase as PostgreSQL's tsquery reads it. */
export const tsqueryOf = ({ words, prefix }: Phrase): string =>
  words.map((word, i) => `'${word}'${prefix && i === words.length - 1 ? ':*' : ''}`).join(' <-> ');

/** The words of some texts as PostgreSQL's tsvector reads them; no phrase reaches from one text into the next. */
export function tsvectorOf(texts: readonly string[]): string {
  const places = new Map<string, number[]>();
  let position = 0;
  for (const text of texts) {
    for (const word of wordsOf(withoutEscapes(text))) {
      if (++position > MAX_POSITION) break;
      const key = cutWord(word);
      const found = places.get(key);
      if (!found) places.set(key, [position]);
      else if (found.length < MAX_PLACES) found.push(position);
    }
    position += 1;
  }
  return [...places].map(([word, at]) => `'${word}':${at.join(',')}`).join(' ');
}

function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return ESCAPED_SPACES.reduce((out, written) => out.replaceAll(written, ' '), text);
}

/** Where the phrase stands in a text: the part from its first word's beginning to its last word's end, or null. */
export function locate(text: string, phrase: Phrase): { from: number; to: number } | null {
  const lower = text.toLowerCase();
  // a text whose lower case is longer (a few letters do that) cannot be pointed into: looked at as it is
  const source = lower.length === text.length ? lower : text;
  const words = [...source.matchAll(/\\[nrt]|[\p{L}\p{N}]+/gu)].filter(([word]) => !word.startsWith('\\'));
  const fits = (word: string | undefined, i: number): boolean => {
    const wanted = phrase.words[i] as string;
    if (word === undefined) return false;
    return phrase.prefix && i === phrase.words.length - 1 ? word.startsWith(wanted) : word === wanted;
  };
  for (let start = 0; start + phrase.words.length <= words.length; start++) {
    if (!phrase.words.every((_, i) => fits(words[start + i]?.[0], i))) continue;
    const [first, last] = [words[start], words[start + phrase.words.length - 1]];
    if (first && last) return { from: first.index, to: last.index + last[0].length };
  }
  return null;
}

/** A piece of the text around what was found, on one line, at most `max` characters and the marks of omission. */
export function excerpt(text: string, found: { from: number; to: number }, max: number): string {
  const room = Math.max(0, max - (found.to - found.from));
  const from = Math.max(0, found.from - Math.floor(room / 3));
  const to = Math.min(text.length, from + max);
  const piece = text.slice(from, to).toWellFormed().replace(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${piece}${to < text.length ? '…' : ''}`;
}
