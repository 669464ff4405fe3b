import { connect, type Socket } from 'node:net';

/** A keep-alive HTTP/1.1 connection that costs little, so that the load generator is not what is measured. */
export interface Connection {
  /** Sends a POST; resolves to the status once the answer is whole. One at a time. */
  post(body: string): Promise<number>;
  close(): void;
}

/** Opens one to 127.0.0.1:`port`. It understands answers with a Content-Length or in chunks. */
export async function openConnection(port: number, path: string, key: string): Promise<Connection> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.setEncoding('latin1');
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: `;
  let text = '';
  let waiting: { resolve(status: number): void; reject(error: Error): void } | null = null;
  socket.on('data', (part: string) => {
    text = text === '' ? part : text + part;
    if (!isWhole(text)) return;
    const status = Number(text.slice(9, 12));
    text = '';
    const done = waiting;
    waiting = null;
    done?.resolve(status);
  });
  const gone = (error?: Error): void =>
    waiting?.reject(error ?? new Error('the server closed the connection'));
  socket.on('error', gone);
  socket.on('close', () => gone());
  return {
    post(body) {
      return new Promise((resolve, reject) => {
        if (socket.destroyed || socket.readableEnded)
          return reject(new Error('the server closed the connection'));
        waiting = { resolve, reject };
        socket.write(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`);
      });
    },
    close: () => void socket.destroy(),
  };
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end + 2));
  if (length) return text.length - end - 4 >= Number(length[1]);
  return text.endsWith('0\r\n\r\n');
}
