import { BLANK, queryValue } from './code-trace.ts';

/** What can happen to a tracking code on its way, so that the network no longer knows it (RG-29). */
export type CodeChange =
  | 'case'
  | 'whitespace'
  | 'percent'
  | 'html'
  | 'base64'
  | 'unicode'
  | 'lookalike'
  | 'wrapped'
  | 'link'
  | 'truncated'
  | 'extended'
  | 'other';

type Undo = (code: string) => (string | null)[];

/** What undoes each change; a way that does not apply answers null or the code itself. The likeliest first. */
export const UNDO: readonly (readonly [CodeChange, Undo])[] = [
  ['whitespace', (code) => [code.replaceAll(BLANK, '')]],
  ['link', (code) => [codeInLink(code)]],
  ['percent', (code) => [decoded(code)]],
  ['html', (code) => [unescapedHtml(code)]],
  [
    'wrapped',
    (code) => [
      /^["'`<([{]+(.+?)["'`>)\]}.,;:!]*$/su.exec(code)?.[1] ?? null,
      code.replace(/[.,;:!"'`>)\]}/\\]+$/, ''),
    ],
  ],
  ['unicode', (code) => [plainLetters(code)]],
  ['base64', (code) => [fromBase64(code)]],
  ['lookalike', withOtherSigns],
];

function codeInLink(text: string): string | null {
  const named = /(?:^|[?&])(?:[a-z_]*ref[a-z_]*|click_?id|code)=([^&#\s]+)/i.exec(text);
  const name = named?.[0].replace(/^[?&]/, '').split('=')[0];
  const inUrl = name
    ? queryValue(text.startsWith('?') || text.includes('?') ? text : `?${text}`, name)
    : null;
  return inUrl ?? /^([^?&#=\s/]+)(?:[?#]|&.*=)/s.exec(text)?.[1] ?? null;
}

function decoded(code: string): string | null {
  if (!/%[0-9a-f]{2}/i.test(code)) return null;
  try {
    return decodeURIComponent(code);
  } catch {
    return null;
  }
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function unescapedHtml(code: string): string | null {
  if (!code.includes('&')) return null;
  return code.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,5}));/gi, (whole, hex, dec, name) => {
    if (name) return NAMED[String(name).toLowerCase()] ?? whole;
    const point = hex ? Number.parseInt(hex, 16) : Number(dec);
    return point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff) ? String.fromCodePoint(point) : whole;
  });
}

function fromBase64(code: string): string | null {
  if (!/^[A-Za-z0-9+/_-]{6,}={0,2}$/.test(code)) return null;
  const text = textOfBase64(code);
  return text !== null && /^[\x21-\x7e]{4,}$/.test(text) ? text : null;
}

/** Base64 of either alphabet as text; null where it is none. */
function textOfBase64(code: string): string | null {
  try {
    return atob(code.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
  } catch {
    return null;
  }
}

/** Letters of other alphabets that look like Latin ones. */
const ALIKE = new Map(
  Object.entries({
    А: 'A',
    В: 'B',
    Е: 'E',
    К: 'K',
    М: 'M',
    Н: 'H',
    О: 'O',
    Р: 'P',
    С: 'C',
    Т: 'T',
    Х: 'X',
    У: 'Y',
    І: 'I',
    Ѕ: 'S',
    Ј: 'J',
    а: 'a',
    е: 'e',
    о: 'o',
    р: 'p',
    с: 'c',
    х: 'x',
    у: 'y',
    і: 'i',
    ѕ: 's',
    ј: 'j',
    к: 'k',
    м: 'm',
    т: 't',
    һ: 'h',
    ԁ: 'd',
    ԛ: 'q',
    ԝ: 'w',
    Α: 'A',
    Β: 'B',
    Ε: 'E',
    Ζ: 'Z',
    Η: 'H',
    Ι: 'I',
    Κ: 'K',
    Μ: 'M',
    Ν: 'N',
    Ο: 'O',
    Ρ: 'P',
    Τ: 'T',
    Υ: 'Y',
    Χ: 'X',
    ο: 'o',
    ν: 'v',
    α: 'a',
    ι: 'i',
    κ: 'k',
    ρ: 'p',
    υ: 'u',
    χ: 'x',
    '–': '-',
    '—': '-',
    '‐': '-',
    '‑': '-',
    '−': '-',
    '＿': '_',
  }),
);

/** Full-width and styled letters as plain ones, letters of other alphabets as the Latin ones they look like. */
export function plainLetters(code: string): string | null {
  if (/^[\x20-\x7e]*$/.test(code)) return null;
  return [...code.normalize('NFKC')].map((char) => ALIKE.get(char) ?? char).join('');
}

const CONFUSED: Record<string, string> = {
  '0': 'oO',
  O: 'o0',
  o: '0O',
  '1': 'lIi',
  l: '1IL',
  I: '1li',
  i: '1',
};

/** One sign at a time taken for another that looks like it: a code typed from paper. */
function withOtherSigns(code: string): string[] {
  if (code.length > 24) return [];
  const out: string[] = [];
  [...code].forEach((char, at, chars) => {
    for (const other of CONFUSED[char] ?? '')
      out.push([...chars.slice(0, at), other, ...chars.slice(at + 1)].join(''));
  });
  return out;
}
