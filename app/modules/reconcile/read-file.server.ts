import { setImmediate as breathe } from 'node:timers/promises';
import { type CsvError, parse } from 'csv-parse';
import { AppError } from '#app/platform/errors.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { type Delimiter, detectDelimiter } from './delimiter.ts';
import { FILE_MAX_BYTES, FILE_MAX_COLUMNS, FILE_MAX_ROWS, type FileRow, ROW_MAX_CHARS } from './schema.ts';
import { strictUtf8 } from './utf8-text.ts';

/** Characters looked at to find the delimiter: the first record is within. */
const HEAD = ROW_MAX_CHARS;
/** Rows and characters of one piece: what is worked off in one go, with the process of SQLite standing still. */
const PIECE_ROWS = 200;
const PIECE_CHARS = 256 * 1024;

export interface ReadFile {
  header: string[];
  delimiter: Delimiter;
  bytes: number;
  rowCount: number;
  pieces: number;
}

const wrong = (words: string): AppError => new AppError('VALIDATION_ERROR', words);

/**
 * Reads a CSV file as it comes (RFC 4180; comma, semicolon or tab; with or without a byte order mark) and hands over
 * pieces of its rows, never more than one in memory. Throws VALIDATION_ERROR with the line of the fault, TOO_LARGE
 * past the limits in the schema. Rows of a wrong length pass: they are told apart row by row.
 */
export async function readCsv(
  source: AsyncIterable<Uint8Array>,
  take: (n: number, rows: FileRow[]) => Promise<void>,
): Promise<ReadFile> {
  const counted = { bytes: 0 };
  const texts = textsOf(source, counted);
  const { head, delimiter, skipped } = await headOf(texts);
  const lines = lineCounter(skipped);
  const parser = parse({
    delimiter,
    info: true,
    // said, not found out: files glued together have line ends of two kinds
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: ROW_MAX_CHARS,
  });
  const feeding = feed(parser, head, texts);
  let header: string[] | null = null;
  let piece: FileRow[] = [];
  let [chars, rowCount, pieces] = [0, 0, 0];
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const line = lines.of(record, info.lines);
      if (header === null) {
        header = headerOf(record);
        continue;
      }
      if (++rowCount > FILE_MAX_ROWS)
        throw new AppError(
          'TOO_LARGE',
          `The file has more than ${formatCount(FILE_MAX_ROWS)} rows. Split it and upload the parts.`,
        );
      piece.push([line, record]);
      for (const cell of record) chars += cell.length + 3;
      if (piece.length < PIECE_ROWS && chars < PIECE_CHARS) continue;
      await take(pieces++, piece);
      [piece, chars] = [[], 0];
      await breathe();
    }
    await feeding;
  } catch (error) {
    parser.destroy();
    // never fails itself: its fault is handed to the parser, which threw it here
    await feeding;
    throw plain(error, lines.told);
  }
  if (header === null) throw wrong('The file is empty: it needs a first line that names its columns.');
  if (rowCount === 0) throw wrong('The file has a first line with names, and no row after it.');
  if (piece.length > 0) await take(pieces++, piece);
  return { header, delimiter, bytes: counted.bytes, rowCount, pieces };
}

interface Parsed {
  record: string[];
  info: { lines: number };
}

async function* textsOf(
  source: AsyncIterable<Uint8Array>,
  counted: { bytes: number },
): AsyncGenerator<string> {
  const utf8 = strictUtf8();
  let first = true;
  for await (const piece of source) {
    counted.bytes += piece.length;
    if (counted.bytes > FILE_MAX_BYTES)
      throw new AppError(
        'TOO_LARGE',
        `The file is larger than ${FILE_MAX_BYTES / 1024 / 1024} MB. Split it, or leave out columns that are not needed.`,
      );
    const text = utf8.take(piece);
    if (text === '') continue;
    yield first && text.startsWith('\ufeff') ? text.slice(1) : text;
    first = false;
  }
  utf8.end();
}

/** Enough text to see the delimiter, and how many lines stand before the header. */
async function headOf(
  texts: AsyncGenerator<string>,
): Promise<{ head: string; delimiter: Delimiter; skipped: number }> {
  let head = '';
  while (head.length < HEAD) {
    const { value, done } = await texts.next();
    if (done) break;
    head += value;
  }
  const { delimiter, skip } = detectDelimiter(head);
  return { head: head.slice(skip), delimiter, skipped: skip > 0 ? 1 : 0 };
}

/** Hands the parser no more than it takes. */
async function feed(
  parser: ReturnType<typeof parse>,
  head: string,
  texts: AsyncGenerator<string>,
): Promise<void> {
  const write = async (text: string): Promise<void> => {
    if (parser.destroyed || parser.write(text)) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        parser.off('drain', go);
        parser.off('close', go);
        resolve();
      };
      parser.on('drain', go);
      parser.on('close', go);
    });
  };
  try {
    await write(head);
    for await (const text of texts) {
      if (parser.destroyed) return;
      await write(text);
    }
    parser.end();
  } catch (error) {
    // the reader of the parser is told, and throws it on
    parser.destroy(error as Error);
  }
}

function headerOf(record: readonly string[]): string[] {
  if (record.length > FILE_MAX_COLUMNS)
    throw new AppError(
      'TOO_LARGE',
      `The first line has ${formatCount(record.length)} columns; ${FILE_MAX_COLUMNS} is the most.`,
    );
  return record.map((name, at) => name.trim().slice(0, 200).toWellFormed() || `Column ${at + 1}`);
}

/**
 * Lines as an editor counts them. The parser tells the line a record ends at, and takes a CRLF inside a cell for two.
 */
function lineCounter(skipped: number): {
  of(record: readonly string[], ended: number): number;
  told(ended: number): number;
} {
  let twice = 0;
  return {
    of(record, ended) {
      let [breaks, pairs] = [0, 0];
      for (const cell of record) {
        if (!cell.includes('\n') && !cell.includes('\r')) continue;
        breaks += cell.match(/[\r\n]/g)?.length ?? 0;
        pairs += cell.match(/\r\n/g)?.length ?? 0;
      }
      const line = ended - breaks - twice + skipped;
      twice += pairs;
      return line;
    },
    told: (ended) => ended - twice + skipped,
  };
}

const WORDS: Partial<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED:
    'A quote (") opens and never closes, so everything after it would be one cell. Write a quote inside a cell twice ("").',
  CSV_INVALID_CLOSING_QUOTE:
    'After the quote (") that closes a cell there must be a separator or the end of the line. Write a quote inside a cell twice ("").',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE:
    'After the quote (") that closes a cell there must be a separator or the end of the line. Write a quote inside a cell twice ("").',
  INVALID_OPENING_QUOTE:
    'A quote (") stands in the middle of a cell that does not begin with one. Quote the whole cell, and write the quote twice ("").',
  CSV_MAX_RECORD_SIZE: `One row is longer than ${formatCount(ROW_MAX_CHARS)} characters: most likely a quote (") before it is not closed.`,
};

/** The parser's fault in plain words, with its line. */
function plain(error: unknown, lineOf: (ended: number) => number): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) return error;
  const { code, lines } = error as CsvError & { lines?: number };
  if (!/^CSV_|^INVALID_/.test(code)) return error;
  const words = WORDS[code] ?? 'It cannot be read as CSV.';
  return new AppError('VALIDATION_ERROR', `Line ${lineOf(Number(lines ?? 1))}: ${words}`, { cause: error });
}
