import { setTimeout as sleep } from 'node:timers/promises';
import { serveCalls } from '../child.ts';
import { conversionBody } from '../samples.ts';
import { type Connection, openConnection } from './connection.ts';

/** The load generator: closed loop (as fast as answers come) or open loop (so many a second, whatever comes back). */
interface Target {
  port: number;
  path: string;
  key: string;
  /** Status that every answer must have. */
  expect: number;
  prefix: string;
}

let sent = 0;

/** Runs `work` over new connections: a server closes those that were idle for some seconds. */
async function over<T>(
  target: Target,
  clients: number,
  work: (connections: Connection[]) => Promise<T>,
): Promise<T> {
  const connections = await Promise.all(
    Array.from({ length: clients }, () => openConnection(target.port, target.path, target.key)),
  );
  return work(connections).finally(() => {
    for (const connection of connections) connection.close();
  });
}

function mustBe(status: number, target: Target): void {
  if (status !== target.expect) throw new Error(`answered ${status} instead of ${target.expect}`);
}

/** Answers the number of requests answered and the seconds it took. */
async function closed(
  input: Target & { ms: number },
  connections: readonly Connection[],
): Promise<{ count: number; seconds: number }> {
  const start = performance.now();
  let count = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() - start < input.ms) {
        mustBe(await connection.post(conversionBody(`${input.prefix}${++sent}`)), input);
        count++;
      }
    }),
  );
  return { count, seconds: (performance.now() - start) / 1000 };
}

/** Answers when each externalId was sent, ms of the machine's monotonic clock. */
async function open(
  input: Target & { perSecond: number; ms: number },
  connections: readonly Connection[],
): Promise<[string, number][]> {
  const free = [...connections];
  const sentAt: [string, number][] = [];
  const answers: Promise<void>[] = [];
  const start = performance.now();
  for (let n = 0; n < (input.perSecond * input.ms) / 1000; n++) {
    const wait = start + (n * 1000) / input.perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    const connection = free.pop();
    if (!connection)
      throw new Error(`${connections.length} requests are unanswered: the server does not keep up`);
    const externalId = `${input.prefix}${++sent}`;
    sentAt.push([externalId, Number(process.hrtime.bigint()) / 1e6]);
    answers.push(
      connection.post(conversionBody(externalId)).then((status) => {
        free.push(connection);
        mustBe(status, input);
      }),
    );
  }
  await Promise.all(answers);
  return sentAt;
}

serveCalls({
  closed: (input: Target & { clients: number; ms: number }) =>
    over(input, input.clients, (connections) => closed(input, connections)),
  open: (input: Target & { perSecond: number; ms: number }) =>
    over(input, 256, (connections) => open(input, connections)),
});
