import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

type Run = {
  output: () => string;
  errors: () => string;
  ended: Promise<number | null>;
  kill: (signal: NodeJS.Signals) => void;
};

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [
    MAIN,
    '--regatta-port',
    '0',
    '--shop-port',
    '0',
    '--billing-port',
    '0',
    ...args,
  ]);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { output: () => output, errors: () => errors, ended, kill: (signal) => child.kill(signal) };
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'RG-08 the command runs both, prints where, and %s ends it with 0',
  async (signal) => {
    const command = run('--leadline-url', 'http://127.0.0.1:9', '--leadline-key', 'll_practice');
    await expect.poll(command.output, { timeout: 20_000 }).toContain('Ready');
    const [regattaUrl, shopUrl] = ['Practice Regatta', 'Practice shop'].map(
      (name) => new RegExp(`${name} +(http://127\\.0\\.0\\.1:\\d+)`).exec(command.output())?.[1],
    );
    for (const url of [regattaUrl, shopUrl]) expect((await fetch(String(url))).status).toBe(200);
    command.kill(signal);
    expect(await command.ended).toBe(0);
    expect(command.errors()).toBe('');
  },
  30_000,
);

test.each([
  [['--regatta-port', 'many'], '--regatta-port must be a whole number'],
  [['--leadline-url', 'http://127.0.0.1:9'], 'together'],
  [['--unknown'], '--unknown'],
  [['--stripe-secret', 'whsec_practice'], 'needs --leadline-url'],
])(
  'RG-08 the command %j is refused with usage',
  async (args, reason) => {
    const command = run(...args);
    expect(await command.ended).toBe(2);
    expect(command.errors()).toContain(reason);
    expect(command.errors()).toContain('node app/practice/main.ts');
  },
  30_000,
);
