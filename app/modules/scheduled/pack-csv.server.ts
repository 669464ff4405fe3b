import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { createGzip, gunzipSync } from 'node:zlib';
import type { OpenedCsv } from './deps.ts';
import { type Attached, PACKED_MAX, PLAIN_MAX } from './schema.ts';

/** A CSV on the disk, packed, for as long as one mail takes. */
export interface PackedCsv {
  /** How it is attached; `none`: it is too large, and `rows` and `bytes` are those up to where reading it ended. */
  attached: Attached;
  rows: number;
  /** Bytes of the CSV itself. */
  bytes: number;
  /** What goes into the mail: the CSV as it is (it is small), or a stream of it packed, to be read once. */
  content(): Promise<Buffer | Readable>;
  close(): Promise<void>;
}

export interface PackLimits {
  plainMax: number;
  packedMax: number;
}

/**
 * Reads a CSV to its end into a temporary file, in flat memory, and stops where it gets too large for a mail. `onChunk`
 * is called for each part that was read; where it rejects, or the reading does, nothing is left behind.
 */
export async function packCsv(
  csv: OpenedCsv,
  onChunk: () => Promise<void>,
  limits: PackLimits = { plainMax: PLAIN_MAX, packedMax: PACKED_MAX },
): Promise<PackedCsv> {
  const file = await openNameless();
  let bytes = 0;
  let packedBytes = 0;
  try {
    await pipeline(
      // the same stream; its two declarations differ
      Readable.fromWeb(csv.bytes as WebStream<Uint8Array>),
      async function* count(chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          await onChunk();
          yield chunk;
        }
      },
      createGzip(),
      async (packed: AsyncIterable<Uint8Array>) => {
        for await (const chunk of packed) {
          packedBytes += chunk.length;
          if (packedBytes > limits.packedMax) throw new TooLarge();
          // all of it: write() may end early where the disk is nearly full, and says so to nobody
          await file.writeFile(chunk);
        }
      },
    );
    const plain = bytes <= limits.plainMax;
    let reading: Readable | null = null;
    const stream = (): Readable => {
      reading = file.createReadStream({ start: 0, autoClose: false });
      // a mail that fails reads no further, and its answer says why
      reading.on('error', () => {});
      return reading;
    };
    const close = async (): Promise<void> => {
      reading?.destroy();
      await file.close();
    };
    return {
      attached: plain ? 'plain' : 'gzip',
      rows: csv.rows(),
      bytes,
      content: async () =>
        plain ? gunzipSync(await file.read(allOf(packedBytes)).then((r) => r.buffer)) : stream(),
      close,
    };
  } catch (error) {
    await file.close();
    if (!(error instanceof TooLarge)) throw error;
    return {
      attached: 'none',
      rows: csv.rows(),
      bytes,
      content: async () => Readable.from([]),
      close: async () => {},
    };
  }
}

class TooLarge extends Error {}

const allOf = (length: number) => ({ buffer: Buffer.alloc(length), position: 0 });

/** A file that nobody else can open, and that is gone with this process, however it ends. */
async function openNameless(): Promise<FileHandle> {
  const dir = await mkdtemp(path.join(tmpdir(), 'leadline-export-'));
  try {
    return await open(path.join(dir, 'export.csv.gz'), 'wx+', 0o600);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
