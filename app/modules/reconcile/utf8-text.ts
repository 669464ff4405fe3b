import { isUtf8 } from 'node:buffer';
import { AppError } from '#app/platform/errors.ts';

const LF = 0x0a;

/**
 * Turns pieces of bytes into text, strictly: what is not UTF-8 is refused with its line, since read loosely an id
 * would change. Call `end` after the last piece. Both throw VALIDATION_ERROR.
 */
export function strictUtf8(): { take(piece: Uint8Array): string; end(): void } {
  let tail: Buffer = Buffer.alloc(0);
  let line = 1;
  let first = true;
  return {
    take(piece) {
      const bytes = tail.length > 0 ? Buffer.concat([tail, piece]) : Buffer.from(piece);
      const whole = bytes.length - cutOff(bytes);
      const good = bytes.subarray(0, whole);
      tail = Buffer.from(bytes.subarray(whole));
      if (first && bytes.length >= 2) {
        first = false;
        const mark = bytes.readUInt16BE(0);
        if (mark === 0xfffe || mark === 0xfeff)
          throw fault(
            1,
            'The file is UTF-16 ("Unicode text" of Excel). Save it as "CSV UTF-8" and upload that.',
          );
      }
      if (!isUtf8(good)) throw notUtf8(good, line);
      const nul = good.indexOf(0);
      if (nul >= 0) throw fault(line + breaksIn(good.subarray(0, nul)), 'It holds a NUL, which no text has.');
      line += breaksIn(good);
      return good.toString('utf8');
    },
    end() {
      if (tail.length > 0) throw notUtf8(tail, line);
    },
  };
}

/** Bytes at the end that begin a character which the next piece ends. */
function cutOff(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needs > back ? back : 0;
  }
  return 0;
}

function breaksIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count++;
  return count;
}

/** A line end is never part of another character, so each line can be looked at by itself. */
function notUtf8(bytes: Buffer, firstLine: number): AppError {
  let line = firstLine;
  let from = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, from)) {
    if (!isUtf8(bytes.subarray(from, at))) break;
    from = at + 1;
    line++;
  }
  return fault(
    line,
    'It is not UTF-8: read anyway, letters of an id could change. Save the file as "CSV UTF-8" and upload that.',
  );
}

const fault = (line: number, words: string): AppError =>
  new AppError('VALIDATION_ERROR', `Line ${line}: ${words}`);
