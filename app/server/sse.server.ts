/** Server-sent events as a web Response. `start` begins and returns its own clean-up. */
const open = new Set<() => void>();

/** Ends every stream, so that the server can stop. */
export function closeAllStreams(): void {
  for (const close of [...open]) close();
}

const PING_MS = 15_000;

export function eventStream(
  signal: AbortSignal,
  start: (send: (event: string, data: string) => void) => () => void,
): Response {
  const encoder = new TextEncoder();
  let close = (): void => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let closed = false;
      const write = (text: string): void => {
        if (!closed) controller.enqueue(encoder.encode(text));
      };
      const stop = start((event, data) => write(`event: ${event}\ndata: ${data}\n\n`));
      const ping = setInterval(() => write(': ping\n\n'), PING_MS);
      close = () => {
        if (closed) return;
        closed = true;
        clearInterval(ping);
        stop();
        open.delete(close);
        signal.removeEventListener('abort', close);
        try {
          controller.close();
        } catch {
          // the reader has gone first: there is nothing left to close
        }
      };
      open.add(close);
      signal.addEventListener('abort', close);
      if (signal.aborted) return close();
      write('retry: 2000\n\n');
    },
    cancel: () => close(),
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });
}
