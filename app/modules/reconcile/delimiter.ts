/** What separates the cells of a file. */
export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Excel's own way to say it: a first line "sep=;". */
const SAID = /^sep=([,;\t])\r?\n/i;

/**
 * The delimiter of a file by its beginning: the one Excel names, else the one that the first record has most of
 * outside quotes. `skip`: characters before the header. A file of one column has none; a comma then does no harm.
 */
export function detectDelimiter(head: string): { delimiter: Delimiter; skip: number } {
  const said = SAID.exec(head);
  if (said) return { delimiter: said[1] as Delimiter, skip: said[0].length };
  const counts = new Map<string, number>(DELIMITERS.map((one) => [one, 0]));
  let quoted = false;
  for (const char of head.trimStart()) {
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '\n' || char === '\r') break;
    else if (counts.has(char)) counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  let best: Delimiter = ',';
  for (const one of DELIMITERS) if ((counts.get(one) ?? 0) > (counts.get(best) ?? 0)) best = one;
  return { delimiter: best, skip: 0 };
}
