import { BLANK } from './code-trace.ts';
import { type CodeChange, plainLetters } from './code-undo.ts';

const SIGNS: Record<string, string> = {
  ' ': 'a space',
  '\t': 'a tab',
  '\n': 'a line break',
  '\r': 'a carriage return',
  '\u00a0': 'a no-break space',
  '\u00ad': 'a soft hyphen',
  '\u200b': 'a zero-width space',
  '\u200c': 'a zero-width non-joiner',
  '\u200d': 'a zero-width joiner',
  '\u2060': 'a word joiner',
  '\ufeff': 'a byte order mark',
};
/** Places that are named one by one; of more only the number is told. */
const NAMED_MAX = 4;

/** A fresh look each time: BLANK is global and remembers its place. */
const isBlank = (char: string): boolean => char.replaceAll(BLANK, '') === '';

const point = (char: string): string =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** What is strange about a code by itself: sentences such as "It ends with a space (U+0020)." Pure. */
export function odditiesOf(code: string): string[] {
  const chars = [...code];
  const out: string[] = [];
  const blanks = chars.flatMap((char, at) => (isBlank(char) ? [{ char, at }] : []));
  for (const { char, at } of blanks.slice(0, NAMED_MAX)) {
    const where =
      at === 0 ? 'begins with' : at === chars.length - 1 ? 'ends with' : `has, at character ${at + 1},`;
    out.push(`It ${where} ${SIGNS[char] ?? 'white space'} (${point(char)}).`);
  }
  if (blanks.length > NAMED_MAX) out.push(`It holds ${blanks.length} such signs in all.`);
  for (const [at, char] of chars.entries()) {
    if (char.charCodeAt(0) < 0x7f || isBlank(char)) continue;
    if (out.length > NAMED_MAX * 2) break;
    const plain = plainLetters(char);
    const looks = plain !== null && plain !== char ? `, which looks like “${plain}”` : '';
    out.push(`Character ${at + 1} is “${char}” (${point(char)})${looks}: not a sign of the usual alphabet.`);
  }
  if (/%[0-9a-f]{2}/i.test(code)) out.push('It holds percent signs as a URL writes them.');
  if (/&(?:#\w+|[a-z]{2,5});/i.test(code)) out.push('It holds an HTML escape.');
  return out;
}

const SENTENCES: Record<Exclude<CodeChange, 'case' | 'truncated' | 'extended'>, string> = {
  whitespace: 'White space or invisible signs were added.',
  percent: 'It was percent-encoded once too often, or never decoded.',
  html: 'It was HTML-escaped: it passed through a page or an email template.',
  base64: 'It was Base64-encoded.',
  unicode: 'Signs were replaced by others that look the same (another alphabet, or full width).',
  lookalike: 'A sign was taken for another that looks like it (0 and O, 1 and l and I).',
  wrapped: 'Quotation marks, brackets or punctuation came along with it.',
  link: 'More than the code was taken: a parameter or the rest of a link came along.',
  other: 'It was replaced by another code.',
};

/** How `sent` differs from the code that was meant, in sentences. Pure. */
export function differenceWords(sent: string, meant: string, changes: readonly CodeChange[]): string[] {
  return changes.map((change) => {
    if (change === 'case') return caseWords(sent, meant);
    if (change === 'truncated' || change === 'extended') return lengthWords(sent, meant);
    return SENTENCES[change];
  });
}

/** "One character is missing at its end: 7 instead of 8 characters." */
function lengthWords(sent: string, meant: string): string {
  const [has, should] = [[...sent].length, [...meant].length];
  const n = Math.abs(has - should);
  const count = n === 1 ? 'One character' : `${n} characters`;
  const what = has < should ? `${n === 1 ? 'is' : 'are'} missing at its end` : 'too many';
  return `${count} ${what}: ${has} instead of ${should} characters.`;
}

function caseWords(sent: string, meant: string): string {
  const [a, b] = [[...sent.replaceAll(BLANK, '')], [...meant]];
  const changed = b.flatMap((char, at) => {
    const other = a[at];
    return other !== undefined && other !== char && other.toLowerCase() === char.toLowerCase()
      ? [`${char} became ${other}`]
      : [];
  });
  if (changed.length === 0) return 'Letters changed their case.';
  const all =
    a.join('') === meant.toLowerCase()
      ? 'All letters were made small'
      : a.join('') === meant.toUpperCase()
        ? 'All letters were made capitals'
        : null;
  const named = changed.slice(0, NAMED_MAX).join(', ');
  const more = changed.length > NAMED_MAX ? ` and ${changed.length - NAMED_MAX} more` : '';
  return all === null ? `Letters changed their case: ${named}${more}.` : `${all}: ${named}${more}.`;
}
