import { describe, expect, test } from 'vitest';
import { csvCell, csvRecord, wallClock } from './csv.ts';

describe('csvCell', () => {
  test('quotes what RFC 4180 asks to quote, and nothing else', () => {
    expect(csvCell('plain text')).toBe('plain text');
    expect(csvCell('a,b')).toBe('"a,b"');
    expect(csvCell('say "hi"')).toBe('"say ""hi"""');
    expect(csvCell('two\r\nlines')).toBe('"two\r\nlines"');
    expect(csvCell(' M4TSbpS8 ')).toBe(' M4TSbpS8 ');
    expect(csvCell('naïve 🙂')).toBe('naïve 🙂');
    expect([csvCell(null), csvCell(''), csvCell(0), csvCell(-12), csvCell(true)]).toEqual([
      '',
      '',
      '0',
      '-12',
      'true',
    ]);
  });

  test.each(['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '＝1', '|calc', '%x', '-'])(
    'a formula is shown, not run: %j',
    (text) => {
      expect(csvCell(text).replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );

  test('a formula that needs quoting is defused inside its quotes', () => {
    expect(csvCell('=HYPERLINK("http://x","y")')).toBe('"\'=HYPERLINK(""http://x"",""y"")"');
  });

  test('a plain negative number stays a number', () => {
    expect([csvCell('-5.00'), csvCell('-5'), csvCell('12.30')]).toEqual(['-5.00', '-5', '12.30']);
  });

  test('half a surrogate pair becomes what UTF-8 can hold', () => {
    expect(csvCell('a\ud83d')).toBe('a\ufffd');
  });
});

test('a record ends with CRLF', () => {
  expect(csvRecord(['a', null, 3])).toBe('a,,3\r\n');
});

describe('wallClock', () => {
  test('writes the clock of the zone, on both sides of a change of clocks', () => {
    const berlin = wallClock('Europe/Berlin');
    expect(berlin('2026-05-12T12:02:31.000Z')).toBe('2026-05-12 14:02:31');
    expect(berlin('2026-03-29T00:59:59.999Z')).toBe('2026-03-29 01:59:59');
    expect(berlin('2026-03-29T01:00:00.000Z')).toBe('2026-03-29 03:00:00');
    expect(berlin('2026-10-25T00:30:00.000Z')).toBe('2026-10-25 02:30:00');
    expect(berlin('2026-10-25T01:30:00.000Z')).toBe('2026-10-25 02:30:00');
    expect(wallClock('Asia/Kathmandu')('2026-05-12T12:00:00.000Z')).toBe('2026-05-12 17:45:00');
    expect(wallClock('UTC')(null)).toBeNull();
  });
});
