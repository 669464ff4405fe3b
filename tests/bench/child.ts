import { type ChildProcess, fork } from 'node:child_process';
import { messageOf } from '#app/platform/errors.ts';

/** A process of the benchmark, seen from the one that leads it. */
export interface Child {
  /** Calls one of the functions it serves; rejects with its error. */
  call<T>(name: string, input?: unknown): Promise<T>;
  stop(): Promise<void>;
}

interface Call {
  id: number;
  name: string;
  input: unknown;
}
type Reply = { id: number; result: unknown } | { id: number; error: string };

/** Starts `processes/<name>.ts`. With `profileDir` it writes a CPU profile there when it stops. */
export function startChild(name: string, profileDir?: string): Child {
  const profile = profileDir
    ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`, `--cpu-prof-name=${name}-${Date.now()}.cpuprofile`]
    : [];
  // the benchmark names its stores itself
  const { TEST_DATABASE_URL: _test, DATABASE_URL: _given, ...own } = process.env;
  const child: ChildProcess = fork(new URL(`./processes/${name}.ts`, import.meta.url), [], {
    execArgv: ['--disable-warning=ExperimentalWarning', ...profile],
    env: { ...own, NODE_ENV: 'production' },
  });
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let calls = 0;
  child.on('message', (reply: Reply) => {
    const waiting = open.get(reply.id);
    open.delete(reply.id);
    if ('error' in reply) waiting?.reject(new Error(`${name}: ${reply.error}`));
    else waiting?.resolve(reply.result);
  });
  const exited = new Promise<void>((resolve) => {
    const ended = (why: string): void => {
      for (const waiting of open.values()) waiting.reject(new Error(`${name} ${why}`));
      resolve();
    };
    child.once('exit', (code) => ended(`ended with code ${code}`));
    child.once('error', (error) => ended(`cannot run: ${messageOf(error)}`));
  });
  return {
    call: <T>(callName: string, input: unknown = null) =>
      new Promise<T>((resolve, reject) => {
        const id = ++calls;
        open.set(id, { resolve: resolve as (value: unknown) => void, reject });
        child.send({ id, name: callName, input } satisfies Call, (error) => error && reject(error));
      }),
    async stop() {
      if (child.connected) child.send({ id: 0, name: 'stop', input: null } satisfies Call);
      await exited;
    },
  };
}

/** The other side: answers calls by name. `stop` runs at the end; `cpu` (µs of this process so far) is always there. */
export function serveCalls(
  handlers: Record<string, (input: never) => unknown>,
  stop: () => unknown = () => {},
): void {
  process.on('message', async ({ id, name, input }: Call) => {
    if (name === 'stop') {
      await stop();
      process.exit(0);
    }
    const reply = async (): Promise<Reply> => {
      if (name === 'cpu') return { id, result: cpuMicros() };
      const handler = handlers[name];
      if (!handler) return { id, error: `no call ${name}` };
      return { id, result: await handler(input as never) };
    };
    process.send?.(
      await reply().catch(
        (error: unknown): Reply => ({
          id,
          error: error instanceof Error ? (error.stack ?? error.message) : messageOf(error),
        }),
      ),
    );
  });
  // the leading process is gone: so is the reason to run
  process.once('disconnect', () => process.exit(1));
}

function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
