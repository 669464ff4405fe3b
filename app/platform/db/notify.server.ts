import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { Live, Topic } from '../live.server.ts';
import type { Log } from '../log.server.ts';

const CHANNEL = 'leadline_live';
/** Notices of one topic within this time are told once. */
const TOGETHER_MS = 40;

/**
 * Carries live notices between processes on PostgreSQL by LISTEN and NOTIFY, over a connection of its own that is
 * made anew when it breaks. A notice is a hint: whoever misses one sees the change at its next look.
 */
export async function bridgeNotices(databaseUrl: string, live: Live, log: Log): Promise<() => Promise<void>> {
  const { default: pg } = await import('pg');
  const own = Math.random().toString(36).slice(2);
  let client: InstanceType<typeof pg.Client> | null = null;
  let closing = false;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
    next.on('notification', ({ payload }) => {
      const [from, topic] = (payload ?? '').split(' ');
      if (from !== own && topic) live.receive(topic as Topic);
    });
    next.on('error', (error) => {
      // a connection that breaks says so up to twice, and one that never came to listen is told by its promise
      if (client !== next) return;
      log.warn({ error: messageOf(error) }, 'live notices between processes are interrupted');
      client = null;
      void reconnect();
    });
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      void next
        .end()
        .catch((fault) =>
          log.debug({ error: messageOf(fault) }, 'live notices: a connection that never was cannot be ended'),
        );
      throw error;
    }
    if (closing) return next.end();
    client = next;
  };
  let reconnecting = false;
  const reconnect = async (): Promise<void> => {
    if (reconnecting) return;
    reconnecting = true;
    while (!closing && !client) {
      await sleep(1_000);
      if (!closing)
        await connect().catch((error) =>
          log.warn({ error: messageOf(error) }, 'live notices: still no connection'),
        );
    }
    reconnecting = false;
  };

  const pending = new Map<Topic, NodeJS.Timeout | null>();
  // one statement at a time: a connection has no queue of its own
  let telling: Promise<unknown> = Promise.resolve();
  const tell = (topic: Topic): void => {
    telling = telling
      .then(() => client?.query('SELECT pg_notify($1, $2)', [CHANNEL, `${own} ${topic}`]))
      .catch((error) => log.warn({ error: messageOf(error) }, 'a live notice was lost'));
  };
  live.onPublish((topic) => {
    if (pending.has(topic)) return;
    tell(topic);
    pending.set(
      topic,
      setTimeout(() => {
        pending.delete(topic);
        tell(topic);
      }, TOGETHER_MS),
    );
  });
  await connect();
  return async () => {
    closing = true;
    for (const timer of pending.values()) if (timer) clearTimeout(timer);
    await telling;
    await client?.end();
  };
}
