import { setImmediate } from 'node:timers/promises';
import { csvRecord } from '#app/platform/csv.ts';
import type { OpenExport } from './table.ts';

export type ExportEnd = 'complete' | 'aborted' | 'failed';

/**
 * An export as bytes. A chunk is read only when the one before was taken, so that a slow reader costs no memory; one
 * that goes away ends the reading. `onEnd` is called once, before the last byte, with the rows that were handed over:
 * where it fails, so does the export.
 */
export function csvStream(
  source: OpenExport,
  signal: AbortSignal,
  onEnd: (rows: number, end: ExportEnd, error?: unknown) => Promise<void>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let rows = 0;
  let ended = false;
  const end = async (how: ExportEnd, error?: unknown): Promise<void> => {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', gone);
    await onEnd(rows, how, error);
  };
  // nobody is there to be told when the note of an aborted export cannot be written: onEnd says it in the log
  const gone = (): void => void end('aborted').catch(() => {});
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        signal.addEventListener('abort', gone);
        if (signal.aborted) gone();
        controller.enqueue(encoder.encode(csvRecord(source.header)));
      },
      async pull(controller) {
        try {
          for (;;) {
            // deliveries and other people come between two chunks
            await setImmediate();
            if (ended) return controller.error(new Error('The reader of this export has gone.'));
            const records = await source.next();
            if (records === null) {
              await end('complete');
              return controller.close();
            }
            if (records.length === 0) continue;
            rows += records.length;
            return controller.enqueue(encoder.encode(records.map(csvRecord).join('')));
          }
        } catch (error) {
          await end('failed', error);
          // cut off, not closed: a file that ends early must not look whole
          controller.error(error);
        }
      },
      cancel: () => end('aborted'),
    },
    { highWaterMark: 1 },
  );
}
