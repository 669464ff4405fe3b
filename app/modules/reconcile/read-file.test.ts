import { describe, expect, test } from 'vitest';
import { detectDelimiter } from './delimiter.ts';
import { readCsv } from './read-file.server.ts';
import { FILE_MAX_BYTES, FILE_MAX_COLUMNS, type FileRow, ROW_MAX_CHARS } from './schema.ts';

/** The bytes in pieces of `size`, so that every cut falls somewhere. */
async function* pieces(text: string | Buffer, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string | Buffer, size = 7) {
  const rows: FileRow[] = [];
  const file = await readCsv(pieces(text, size), async (_n, more) => {
    rows.push(...more);
  });
  return { ...file, rows };
}

describe('the delimiter of a file', () => {
  test.each([
    ['a,b;c,d\n', ','],
    ['a;"x,y,z";c\n1,2,3,4,5', ';'],
    ['a\tb c,d\te', '\t'],
    ['alone', ','],
    ['\n\na;b', ';'],
  ])('%j is separated by %j', (head, delimiter) => {
    expect(detectDelimiter(head)).toEqual({ delimiter, skip: 0 });
  });
  test('the first line of Excel decides', () => {
    expect(detectDelimiter('sep=;\r\na,b,c')).toEqual({ delimiter: ';', skip: 7 });
  });
});

describe('reading a file', () => {
  test.each([1, 2, 3, 7, 4096])(
    'marks, line ends of all kinds and quotes, in pieces of %d bytes',
    async (size) => {
      const text =
        '\ufefforder;note;total\r\nö_1;"a;b\r\n""c"" \ud83d\ude80";"1.234,50"\n\nö_2;;5\rö_3;"x\ny";6';
      const file = await read(text, size);
      expect(file).toMatchObject({
        header: ['order', 'note', 'total'],
        delimiter: ';',
        rowCount: 3,
        pieces: 1,
      });
      expect(file.rows).toEqual([
        [2, ['ö_1', 'a;b\r\n"c" \ud83d\ude80', '1.234,50']],
        [5, ['ö_2', '', '5']],
        [6, ['ö_3', 'x\ny', '6']],
      ]);
    },
  );
  test('lines are counted as an editor does, also behind the first line of Excel', async () => {
    const file = await read('sep=;\na;b\n"1\r\n2\r\n3";x\n4;y\n');
    expect(file.rows.map(([line]) => line)).toEqual([3, 6]);
  });
  test('rows of another length pass, so that each can be told by itself', async () => {
    expect((await read('a,b\n1\n1,2,3\n')).rows.map(([, cells]) => cells.length)).toEqual([1, 3]);
  });
  test('pieces hold no more than 200 rows', async () => {
    const sizes: number[] = [];
    const text = `id\n${Array.from({ length: 501 }, (_, i) => `o${i}`).join('\n')}`;
    const file = await readCsv(pieces(text, 1000), async (n, rows) => {
      expect(n).toBe(sizes.length);
      sizes.push(rows.length);
    });
    expect([sizes, file.pieces]).toEqual([[200, 200, 101], 3]);
  });

  const long = 'x'.repeat(ROW_MAX_CHARS + 10);
  test.each<[string, string | Buffer, string]>([
    ['a quote that never closes', 'a,b\n1,2\n"3,4\n5,6\n', 'A quote (") opens and never closes'],
    ['text after a closing quote', 'a,b\n1,2\n"x"y,3\n', 'Line 3: After the quote (")'],
    ['a quote in the middle', 'a,b\n1,2\n3,x"y"\n', 'Line 3: A quote (") stands in the middle'],
    ['a row without an end', `a,b\n1,2\n"${long}",3\n`, 'longer than 65,536 characters'],
    ['Latin-1', Buffer.from('a,b\n1,2\n3,caf\xe9\n', 'latin1'), 'Line 3: It is not UTF-8'],
    ['UTF-16', Buffer.from('\ufeffa,b\n1,2', 'utf16le'), 'Line 1: The file is UTF-16'],
    [
      'a character cut off at the end',
      Buffer.concat([Buffer.from('a\n1\n'), Buffer.from([0xe2, 0x82])]),
      'Line 3: It is not UTF-8',
    ],
    ['a NUL', 'a,b\n1,\0\n', 'Line 2: It holds a NUL'],
    ['nothing', '', 'The file is empty'],
    ['names alone', 'a,b\n', 'no row after it'],
    ['too many columns', `${'a,'.repeat(FILE_MAX_COLUMNS + 1)}\n`, '200 is the most'],
  ])('%s is refused with its line', async (_what, text, words) => {
    await expect(read(text)).rejects.toThrow(words);
  });
  test('what comes is counted, not what was said', async () => {
    async function* large(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('id\n1\n');
      yield { length: FILE_MAX_BYTES } as Uint8Array;
    }
    await expect(readCsv(large(), async () => {})).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });
  test('a fault of whoever keeps the rows is thrown on, and the rest of the file is not read', async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('id\n');
      for (;;) {
        taken++;
        yield Buffer.from('o\n'.repeat(500));
      }
    }
    const full = () => Promise.reject(new Error('the disk is full'));
    await expect(readCsv(endless(), full)).rejects.toThrow('the disk is full');
    expect(taken).toBeLessThan(1_000);
  });
});
