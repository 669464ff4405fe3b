/** One character of a tracking code, as shown in the trace. */
export type ByteCell = {
  /** Place within the shown row; its identity. */
  at: number;
  /** What is shown: the character, a sign for white space, or its code point. */
  shown: string;
  /** Invisible or ambiguous by itself, so shown by a sign. */
  sign: boolean;
  /** changed: differs from the row before · gone: was there in the row before. */
  state: 'same' | 'changed' | 'gone';
};

const SIGNS: Record<string, string> = { ' ': '␣', '\t': '⇥', '\n': '↵', '\r': '␍', '\u00a0': '⍽' };
const ODD = /[\p{C}\p{Z}\p{M}]/u;

/** How many bytes a text takes in UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

function cell(char: string, state: ByteCell['state'], at: number): ByteCell {
  const sign = SIGNS[char] ?? (ODD.test(char) ? codePoint(char) : null);
  return { at, shown: sign ?? char, sign: sign !== null, state };
}

function codePoint(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The characters of `after`, marked where they differ from `before` (RG-06). Compares exactly, never by case. */
export function diffCells(before: string | null, after: string): ByteCell[] {
  const now = [...after];
  if (before === null || before === after) return now.map((char, at) => cell(char, 'same', at));
  const was = [...before];
  if (was.length === now.length) {
    return now.map((char, at) => cell(char, char === was[at] ? 'same' : 'changed', at));
  }
  const head = commonLength(was, now);
  const tail = Math.min(
    commonLength([...was].reverse(), [...now].reverse()),
    Math.min(was.length, now.length) - head,
  );
  const middle = now.slice(head, now.length - tail);
  const gone = was.slice(head + middle.length, was.length - tail);
  return [
    ...now.slice(0, head).map((char) => [char, 'same'] as const),
    ...middle.map((char) => [char, 'changed'] as const),
    ...gone.map((char) => [char, 'gone'] as const),
    ...now.slice(now.length - tail).map((char) => [char, 'same'] as const),
  ].map(([char, state], at) => cell(char, state, at));
}

function commonLength(a: string[], b: string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

const plural = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** What happened to the code between two places, in plain words; null when it is the same. */
export function describeChange(before: string, after: string): string | null {
  if (before === after) return null;
  const [was, now] = [[...before], [...after]];
  const differing = was.filter((char, at) => char !== now[at]).length;
  if (after === '') return 'nothing was left of it here';
  if (after === before.toLowerCase()) return `${plural(differing, 'letter')} lower-cased here`;
  if (after === before.toUpperCase()) return `${plural(differing, 'letter')} upper-cased here`;
  if (after === before.trim()) return 'white space cut off here';
  if (after.trim() === before) return 'white space added here';
  if (after === tryDecode(before)) return 'percent-decoded here';
  if (before === tryDecode(after)) return 'percent-encoded here';
  if (after === before.replaceAll('+', ' ')) return '+ became a space here';
  if (after.normalize() === before.normalize()) return 'Unicode form changed here';
  const grown = now.length - was.length;
  if (before.startsWith(after)) return `${plural(-grown, 'character')} cut off the end here`;
  if (before.endsWith(after)) return `${plural(-grown, 'character')} cut off the start here`;
  if (after.startsWith(before)) return `${plural(grown, 'character')} added at the end here`;
  if (after.endsWith(before)) return `${plural(grown, 'character')} added at the start here`;
  if (grown === 0) return `${differing} of ${plural(was.length, 'character')} changed here`;
  return 'another code from here on';
}

function tryDecode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

export type TraceStep =
  | { kind: 'absent' }
  | { kind: 'origin'; bytes: number }
  | { kind: 'same'; bytes: number }
  | { kind: 'first-change'; change: string; before: string }
  | { kind: 'as-before' }
  | { kind: 'changed-again'; change: string; before: string };

/** Judges each place a code passed. Only the first change is the culprit; what follows merely repeats it. */
export function traceSteps(values: readonly (string | null)[]): TraceStep[] {
  let last: string | null = null;
  let mutated = false;
  return values.map((value): TraceStep => {
    const before = last;
    if (value === null) return { kind: 'absent' };
    last = value;
    if (before === null) return { kind: 'origin', bytes: utf8Length(value) };
    const change = describeChange(before, value);
    if (change === null) return mutated ? { kind: 'as-before' } : { kind: 'same', bytes: utf8Length(value) };
    const kind = mutated ? 'changed-again' : 'first-change';
    mutated = true;
    return { kind, change, before };
  });
}
