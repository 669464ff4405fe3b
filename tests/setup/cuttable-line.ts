import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP line to a server that a test can cut and mend, as a network or a restart of the server would. */
export async function cuttableLine(
  target: string,
): Promise<{ url: string; cut(): void; mend(): void; close(): void }> {
  const to = new URL(target);
  const sockets = new Set<Socket>();
  let down = false;
  const server = createServer((near) => {
    if (down) return near.destroy();
    const far = connect(Number(to.port), to.hostname);
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.pipe(into);
      // an end that breaks takes the other with it; the test looks at what that does to Leadline
      from.on('error', () => into.destroy());
      from.on('close', () => {
        sockets.delete(from);
        into.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cut() {
      down = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      down = false;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
