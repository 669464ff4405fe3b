import { PassThrough } from 'node:stream';
import type { AppLoadContext, EntryContext } from '@remix-run/node';
import { createReadableStreamFromReadable } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { describeStoreFault, isStoreFault } from '#app/platform/db/store-errors.server.ts';
import { messageOf } from '#app/platform/errors.ts';
import { NonceContext } from '#app/ui/nonce.ts';

/** Milliseconds a page may go on streaming; what is deferred longer is given up. */
export const streamTimeout = 10_000;

/** Renders a page: streamed to browsers as soon as its shell stands, whole to crawlers. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const nonce = loadContext.cspNonce;
  const ready = isbot(request.headers.get('user-agent') ?? '') ? 'onAllReady' : 'onShellReady';
  const page = (
    <NonceContext.Provider value={nonce}>
      <RemixServer context={remixContext} url={request.url} {...(nonce ? { nonce } : {})} />
    </NonceContext.Provider>
  );
  return new Promise((resolve, reject) => {
    let streaming = false;
    let code = status;
    const { pipe, abort } = renderToPipeableStream(page, {
      ...(nonce ? { nonce } : {}),
      [ready]() {
        streaming = true;
        const body = new PassThrough();
        body.once('close', () => clearTimeout(timer));
        headers.set('Content-Type', 'text/html; charset=utf-8');
        if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status: code }));
        pipe(body);
      },
      onShellError: reject,
      onError(error: unknown) {
        code = 500;
        if (streaming) logFault(error, loadContext);
      },
    });
    const timer = setTimeout(abort, streamTimeout + 1000);
  });
}

/** Logs what a loader, an action or a render threw, under the id that the error page shows. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: AppLoadContext },
): void {
  if (request.signal.aborted) return;
  const path = new URL(request.url).pathname;
  const status = error && typeof error === 'object' && 'status' in error ? Number(error.status) : 500;
  if (status < 500)
    context.ctx.log.info({ requestId: context.requestId, path, status }, 'a page was refused');
  else logFault(error, context, path);
}

function logFault(error: unknown, context: AppLoadContext, path?: string): void {
  const fault = isStoreFault(error) ? describeStoreFault(error) : messageOf(error);
  const stack = error instanceof Error ? error.stack : undefined;
  context.ctx.log.error({ requestId: context.requestId, path, error: fault, stack }, 'a page failed');
}
