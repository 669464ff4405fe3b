/** Letters that must be left of a code for a shorter one to be taken for what remains of it. */
const FEWEST = 4;

/**
 * Whether `seen` looks like `code` changed on its way (RG-29): other case, white space, escapes, cut off or with
 * something added. The code itself is no near miss; another affiliate's code is none either.
 */
export function isNearMiss(code: string, seen: string): boolean {
  if (seen === code || seen === '') return false;
  const [a, b] = [fold(code), fold(seen)];
  if (a === b) return true;
  if (b.includes(a)) return true;
  return b.length >= FEWEST && (a.startsWith(b) || a.endsWith(b));
}

function fold(text: string): string {
  let decoded = text;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    // a stray % is part of the text then
  }
  return decoded.replaceAll(/[\s"'+]/gu, '').toLowerCase();
}
