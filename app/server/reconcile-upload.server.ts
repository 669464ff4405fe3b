import type { ReadableStream as Bytes } from 'node:stream/web';
import type { Hono } from 'hono';
import { requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { takeFile } from '#app/modules/reconcile/index.server.ts';
import { FILE_MAX_BYTES, SOURCES } from '#app/modules/reconcile/schema.ts';
import { AppError } from '#app/platform/errors.ts';
import { readZone } from '#app/ui/preferences.ts';
import type { AppEnv } from './api/routes.server.ts';
import type { Runtime } from './runtime.server.ts';

/** Files that are taken up at once: each is written down as fast as it comes. */
const AT_ONCE = 2;

/**
 * POST /reports/reconcile/upload?name=<file>&source=billing|network: the bytes of a CSV file as the body, for people
 * who are signed in. It is read as it comes, so it never stands in memory as a whole. Answers {success, data: {id,
 * rowCount}}, or an error whose message names the line.
 */
export function mountReconcileUpload(app: Hono<AppEnv>, runtime: Runtime): void {
  let underWay = 0;
  app.post('/reports/reconcile/upload', async (c) => {
    const request = c.req.raw;
    const { actor } = await signedIn(request, runtime, c.get('clientIp'));
    requireSameOrigin(request, runtime.config.publicUrl);
    const source = SOURCES.find((known) => known === c.req.query('source'));
    if (!source) throw new AppError('VALIDATION_ERROR', 'source must be billing or network');
    if (Number(request.headers.get('content-length') ?? 0) > FILE_MAX_BYTES)
      throw new AppError(
        'TOO_LARGE',
        `The file is larger than ${FILE_MAX_BYTES / 1024 / 1024} MB. Split it, or leave out columns that are not needed.`,
      );
    if (!request.body) throw new AppError('VALIDATION_ERROR', 'The file is empty.');
    if (underWay >= AT_ONCE)
      throw new AppError(
        'RATE_LIMITED',
        `${AT_ONCE} files are being uploaded, which is the most at once. Try again when one has ended.`,
        { retryAfterSeconds: 30 },
      );
    underWay += 1;
    try {
      const data = await takeFile(runtime.ctx, {
        name: c.req.query('name') ?? '',
        source,
        body: request.body as unknown as Bytes<Uint8Array>,
        zone: readZone(request.headers.get('cookie')),
        actor,
      });
      return Response.json({ success: true, data });
    } finally {
      underWay -= 1;
    }
  });
}

/** A page asks, not a person: the way to sign in is told as an error. */
async function signedIn(
  request: Request,
  { ctx, auth }: Runtime,
  clientIp: string | null,
): ReturnType<typeof requireUser> {
  try {
    return await requireUser(request, { ctx, auth, clientIp });
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown;
    throw new AppError('AUTH_MISSING', 'You are not signed in any more. Sign in and upload the file again.');
  }
}
