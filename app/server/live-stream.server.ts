import type { Topic } from '#app/platform/live.server.ts';
import type { Runtime } from './runtime.server.ts';
import { eventStream } from './sse.server.ts';

/** Changes within this time are told together: a page reads the store once for them. */
const TOGETHER_MS = 300;

/** GET /live: names of what changed, for people who are signed in. Carries no data; a page then reads its own. */
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
    send('hello', 'live');
    return () => {
      if (timer) clearTimeout(timer);
      unsubscribe();
    };
  });
}
