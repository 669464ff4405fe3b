import type { Topic } from '#app/platform/live.server.ts';
import type { Runtime } from './runtime.server.ts';
import { eventStream } from './sse.server.ts';

/** Changes within this time are told together: a page reads the store once for them. */
const TOGETHER_MS = 300;

/**
 * A page was read before it listens: what changed in between would never be told. Longer than a page takes to load
 * over a slow line; telling too much costs one reading.
 */
const BEFORE_HELLO_MS = 30_000;

/** GET /live: names of what changed, for people who are signed in; the first event holds what changed just before. Carries no data; a page then reads its own. */
export async function liveStream(runtime: Runtime, request: Request): Promise<Response> {
  const session = await runtime.auth.sessionOf(request);
  if (!session) return new Response('Sign in first', { status: 401 });
  return eventStream(request.signal, (send) => {
    const changed = new Set<Topic>();
    let timer: NodeJS.Timeout | null = null;
    const flush = (): void => {
      timer = null;
      send('change', [...changed].join(','));
      changed.clear();
    };
    const unsubscribe = runtime.ctx.live.subscribe((topic) => {
      changed.add(topic);
      timer ??= setTimeout(flush, TOGETHER_MS);
    });
    send('hello', ['live', ...runtime.ctx.live.recent(BEFORE_HELLO_MS)].join(','));
    return () => {
      if (timer) clearTimeout(timer);
      unsubscribe();
    };
  });
}
