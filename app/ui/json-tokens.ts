export type TokenKind = 'key' | 'string' | 'number' | 'word' | 'punct' | 'space';
export type Token = { kind: TokenKind; text: string };

const TOKEN = /\s+|"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]/y;
/** Objects and arrays of plain values up to this many characters stay on one line. */
const INLINE_MAX = 40;

/**
 * Cuts JSON text into tokens without parsing values, so that long numbers and odd escapes are shown exactly as
 * they were sent. Returns null when the text is no JSON.
 */
export function tokenizeJson(text: string): Token[] | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) return null;
    tokens.push({ kind: kindOf(match[0]), text: match[0] });
  }
  markKeys(tokens);
  return tokens;
}

function kindOf(text: string): TokenKind {
  const first = text[0] ?? '';
  if (first === '"') return 'string';
  if (/[-\d]/.test(first)) return 'number';
  if (/[tfn]/.test(first)) return 'word';
  return /\s/.test(first) ? 'space' : 'punct';
}

function markKeys(tokens: Token[]): void {
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'string') continue;
    const next = tokens.slice(i + 1).find((candidate) => candidate.kind !== 'space');
    if (next?.text === ':') token.kind = 'key';
  }
}

/** Lays tokens out again with two spaces of indent; the tokens themselves stay as they are. */
export function prettyTokens(tokens: Token[]): Token[] {
  const solid = tokens.filter((token) => token.kind !== 'space');
  const out: Token[] = [];
  let depth = 0;
  const space = (text: string) => out.push({ kind: 'space', text });
  const line = () => space(`\n${'  '.repeat(depth)}`);
  for (let i = 0; i < solid.length; i += 1) {
    const token = solid[i];
    if (!token) break;
    const inline = isOpen(token) ? inlineEnd(solid, i, depth) : null;
    if (inline !== null) {
      pushInline(out, solid.slice(i, inline + 1));
      i = inline;
    } else if (isOpen(token)) {
      out.push(token);
      depth += 1;
      line();
    } else if (token.text === '}' || token.text === ']') {
      depth -= 1;
      line();
      out.push(token);
    } else {
      out.push(token);
      if (token.text === ',') line();
      if (token.text === ':') space(' ');
    }
  }
  return out;
}

const isOpen = (token: Token) => token.text === '{' || token.text === '[';

/** The index of the closing bracket when this container may stay on one line. */
function inlineEnd(tokens: Token[], start: number, depth: number): number | null {
  let length = 0;
  for (let i = start + 1; i < tokens.length; i += 1) {
    const token = tokens[i];
    if (!token || isOpen(token)) return null;
    if (token.text === '}' || token.text === ']') {
      return i === start + 1 || depth > 0 ? i : null;
    }
    length += token.text.length + 1;
    if (length > INLINE_MAX) return null;
  }
  return null;
}

function pushInline(out: Token[], tokens: Token[]): void {
  const last = tokens.length - 1;
  const braces = tokens[0]?.text === '{' && last > 1;
  for (const [i, token] of tokens.entries()) {
    if (i === last && braces) out.push({ kind: 'space', text: ' ' });
    out.push(token);
    const gap = (i === 0 && braces) || token.text === ',' || token.text === ':';
    if (gap && i < last) out.push({ kind: 'space', text: ' ' });
  }
}
