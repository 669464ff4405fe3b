import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { TEST_SECRET } from '../factories/test-ctx.ts';
import { ENVIRONMENT, type Host, type HostOptions, isCut, Refused } from './host.ts';
import type { Operate } from './operate.ts';

const script = fileURLToPath(new URL('./child.ts', import.meta.url));

/** The process ended under a call: whether it counted is not known. */
class Gone extends Error {}

interface Child {
  process: ChildProcess;
  url: string;
  key: string;
  operate: Operate;
  exited: Promise<unknown>;
}

interface Said {
  id: number;
  value?: unknown;
  code?: string | null;
  error?: string;
}

async function spawnChild(options: HostOptions, now: number): Promise<Child> {
  const { PATH = '' } = process.env;
  const child = fork(script, {
    env: {
      PATH,
      NODE_ENV: 'production',
      PORT: '0',
      LOG_LEVEL: 'error',
      LEADLINE_SECRET: TEST_SECRET,
      DATA_DIR: options.dataDir,
      DATABASE_URL: options.databaseUrl,
      ALLOW_PRIVATE_DESTINATIONS: '127.0.0.1/32',
      REGATTA_API_KEY: options.apiKey,
      REGATTA_BASE_URL: options.baseUrl,
      MODEL_NOW: String(now),
      ...ENVIRONMENT,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  const waiting = new Map<number, (said: Said) => void>();
  let calls = 0;
  let ended = false;
  const exited = once(child, 'exit').then(() => {
    ended = true;
    for (const [id, answer] of waiting) answer({ id, error: 'gone' });
  });
  const { port, key } = await new Promise<{ port: number; key: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { port: number; key: string }));
    child.once('exit', () => reject(new Error(`Leadline did not start: ${said}`)));
  });
  child.on('message', (message) => {
    const answer = message as Said;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  const operate = async (verb: string, ...input: unknown[]): Promise<unknown> => {
    if (ended) throw new Gone();
    const id = ++calls;
    const answer = await new Promise<Said>((resolve) => {
      waiting.set(id, resolve);
      child.send({ id, verb, input }, (error) => error && resolve({ id, error: 'gone' }));
    });
    if (answer.code) throw new Refused(answer.code, answer.error ?? '');
    if (answer.error === 'gone') throw new Gone();
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value;
  };
  return { process: child, url: `http://127.0.0.1:${port}`, key, operate: operate as Operate, exited };
}

/** Leadline as a process that is killed (SIGKILL) or stopped (SIGTERM) and started again on the same store. */
export async function startChild(options: HostOptions): Promise<Host> {
  let { now } = options;
  let child = await spawnChild(options, now);
  let away: Promise<void> | null = null;
  const surely = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;) {
      while (away) await away;
      const mine = child;
      try {
        return await work();
      } catch (error) {
        // an answer of the product is an answer; all else counts only while it is there
        if (error instanceof Refused || (mine === child && !away && !isCut(error))) throw error;
        await sleep(5);
      }
    }
  };
  const again = async (end: () => unknown): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    away = promise;
    end();
    await child.exited;
    child = await spawnChild(options, now);
    away = null;
    resolve();
  };
  return {
    call: (method, path, body) =>
      surely(async () => {
        const response = await fetch(child.url + path, {
          method,
          headers: { authorization: `Bearer ${child.key}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        if (response.status === 503) throw new Gone();
        return { status: response.status, json: await response.json() };
      }),
    operate: (verb, ...input) => {
      if (verb === 'turn') now = input[0] as unknown as number;
      return surely(() => child.operate(verb, ...input));
    },
    restart: (how) => again(() => child.process.kill(how === 'kill' ? 'SIGKILL' : 'SIGTERM')),
    crash(how) {
      now = how.now;
      return again(() => child.process.send({ crash: how }));
    },
    async stop() {
      child.process.kill('SIGTERM');
      await child.exited;
    },
  };
}
