import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeChannel, saveChannel, switchChannel } from '#app/modules/alerts/index.server.ts';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { changeUser, createUser } from '#app/modules/operators/index.server.ts';
import type { ScheduleInput } from '#app/modules/scheduled/form-schema.ts';
import {
  createScheduleRunner,
  getSchedule,
  listRuns,
  listSchedules,
  pauseSchedule,
  queueDueRuns,
  removeSchedule,
  resumeSchedule,
  type ScheduleDeps,
  saveSchedule,
  sendDueRuns,
  sendNow,
} from '#app/modules/scheduled/index.server.ts';
import { removeView, saveView } from '#app/modules/views/index.server.ts';
import { TurnableClock } from '#app/platform/clock.ts';
import { type Actor, SYSTEM } from '#app/platform/context.server.ts';
import { createMailer, type Mailer } from '#app/platform/mailer.server.ts';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { seedRegatta } from '#app/practice/seed.ts';
import { createExportSender } from '#app/server/export/scheduled.server.ts';
import { type Inbox, startInbox } from '../setup/alert-kit.ts';
import { fillCaptures, serveExports, signedIn } from '../setup/export-kit.ts';
import { startLeadline, type TestLeadline } from '../setup/leadline.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Tuesday. */
const NOON = Date.parse('2026-05-12T12:00:00Z');

let inbox: Inbox;
let leadline: TestLeadline;
let clock: TurnableClock;
let olga: Actor;
let channelId: string;
let mailer: Mailer;
let stopNetwork: () => Promise<void>;

const person = async (name: string, role: 'owner' | 'finance'): Promise<Actor> => {
  const email = `${name.toLowerCase()}@example.com`;
  const { id } = await createUser(leadline.runtime.ctx, {
    email,
    name,
    password: 'correct horse battery',
    role,
    actor: SYSTEM,
  });
  return { type: 'user', id, name, role, ip: null };
};

beforeEach(async () => {
  const regatta = await startPracticeRegatta();
  stopNetwork = () => regatta.stop();
  inbox = await startInbox();
  clock = new TurnableClock();
  clock.stopAt(NOON);
  leadline = await startLeadline({
    regattaBaseUrl: regatta.baseUrl,
    regattaKey: seedRegatta(regatta).apiKey,
    clock,
    env: { SMTP_URL: inbox.url, ALERT_FROM: 'Leadline <alerts@leadline.test>' },
  });
  mailer = createMailer({ url: inbox.url, from: 'Leadline <alerts@leadline.test>' });
  olga = await person('Olga', 'owner');
  channelId = (
    await saveChannel(leadline.runtime.ctx, {
      kind: 'email',
      channel: { name: 'Finance', addresses: ['fin@example.com', 'cfo@example.com'] },
      actor: SYSTEM,
    })
  ).id;
});
afterEach(async () => {
  mailer.close();
  await leadline.stop();
  await inbox.stop();
  await stopNetwork();
});

const WEEKLY: Omit<ScheduleInput, 'channelId'> = {
  name: 'Refs of the week',
  list: 'refs',
  query: 'range=7d&before=cap_9&open=cap_1',
  every: 'week',
  day: 3,
  hour: 8,
  zone: 'Europe/Berlin',
};
const schedule = (fields: Partial<ScheduleInput> = {}, actor = olga) =>
  saveSchedule(leadline.runtime.ctx, { schedule: { ...WEEKLY, channelId, ...fields }, actor });
const runner = () => createExportSender(() => leadline.runtime);
/** Another process with lists of its own making: `lines` are what a list holds. */
const depsWith = (openCsv: ScheduleDeps['openCsv'], through: Mailer | null = mailer): ScheduleDeps => ({
  mailer: through,
  publicUrl: 'https://leadline.test',
  openCsv,
});
const linesCsv =
  (lines: readonly string[], rows = lines.length - 1): ScheduleDeps['openCsv'] =>
  async () => ({ bytes: new Blob([lines.map((line) => `${line}\r\n`).join('')]).stream(), rows: () => rows });
const signal = () => new AbortController().signal;
const runs = async (exportId: string) => (await listRuns(leadline.runtime.ctx, { exportId })).items;
const capture = (ref: string) => leadline.call('POST', '/api/v1/captures', { ref, visitorId: `v_${ref}` });

/** The parts of a mail as it arrived. */
function partsOf(raw: string) {
  const plain = raw
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  const at = raw.search(/Content-Disposition: attachment/);
  const head = at < 0 ? '' : raw.slice(raw.lastIndexOf('Content-Type:', at), raw.indexOf('\r\n\r\n', at));
  const body = at < 0 ? '' : raw.slice(raw.indexOf('\r\n\r\n', at) + 4).split('\r\n--')[0];
  return {
    words: plain,
    name: /filename="?([^"\r\n;]+)/.exec(head)?.[1] ?? null,
    file: at < 0 ? null : Buffer.from((body ?? '').replace(/\s/g, ''), 'base64'),
    id: /Message-ID: (\S+)/i.exec(raw)?.[1],
  };
}

describe('a scheduled export', () => {
  test('goes out when its moment has come by its zone’s clock, with the same bytes as the list’s own export, and is in the log and the audit', async () => {
    const { ctx } = leadline.runtime;
    clock.stopAt(NOON - 10 * DAY);
    await capture('tooOld00');
    clock.stopAt(NOON);
    await capture('=1+1');
    await capture('AbC12345');
    const { id } = await schedule();
    const sender = runner();
    await sender.tick();
    expect(inbox.mails).toHaveLength(0);
    // Wednesday 08:00 in Berlin is 06:00 UTC
    expect((await getSchedule(ctx, id)).nextAt).toBe('2026-05-13T06:00:00.000Z');
    clock.stopAt(Date.parse('2026-05-13T06:00:00Z'));
    await sender.tick();
    await sender.tick();
    expect(inbox.mails).toHaveLength(1);
    expect(inbox.mails[0]?.to).toEqual(['fin@example.com', 'cfo@example.com']);
    const mail = partsOf(inbox.mails[0]?.raw ?? '');
    expect(mail.name).toBe('leadline-refs-2026-05-13.csv');
    expect(mail.words).toContain('Subject: Leadline: Refs of the week (2 rows)');
    expect(mail.words).toContain('Last 7 days');
    expect(mail.words).not.toContain('cap_9');
    expect(mail.words).not.toContain('p@ss');
    const [run] = await runs(id);
    expect(mail.id).toBe(`<${run?.id}@leadline.test>`);

    const { cookie } = await signedIn(leadline.runtime, leadline.url, {
      email: 'ann@example.com',
      role: 'viewer',
    });
    const served = await serveExports(leadline.runtime);
    const own = await fetch(`${served.url}/export/refs.csv?range=7d`, {
      headers: { cookie: `${cookie}; tz=Europe%2FBerlin` },
    });
    const bytes = Buffer.from(await own.arrayBuffer());
    await served.stop();
    expect(mail.file?.toString()).toBe(bytes.toString());
    expect(bytes.toString()).toContain('Captured (Europe/Berlin)');
    expect(bytes.toString()).toContain("'=1+1");
    expect(bytes.toString()).not.toContain('tooOld00');

    expect(run).toMatchObject({ status: 'sent', rows: 2, bytes: bytes.length, attached: 'plain', missed: 0 });
    expect((await getSchedule(ctx, id)).nextAt).toBe('2026-05-20T06:00:00.000Z');
    const told = (await listAudit(ctx)).items.filter(({ subjectId }) => subjectId === id);
    expect(told.map(({ action }) => action)).toEqual(['scheduled_export_sent', 'scheduled_export_added']);
    expect(told[0]?.detail).toMatchObject({
      list: 'refs',
      filter: 'range=7d',
      rows: 2,
      to: 'fin@example.com, cfo@example.com',
    });
  });

  test('moments that passed while Leadline was down are sent once, and the mail says so', async () => {
    const { id } = await schedule();
    clock.advance(23 * DAY);
    await runner().tick();
    await runner().tick();
    expect(inbox.mails).toHaveLength(1);
    const { words } = partsOf(inbox.mails[0]?.raw ?? '');
    expect(words).toContain('It was due Wed 3 Jun 2026 08:00 CEST');
    expect(words).toContain('3 before it were missed as well');
    expect(await runs(id)).toMatchObject([{ missed: 3, dueAt: '2026-06-03T06:00:00.000Z', status: 'sent' }]);
  });

  test('of many processes that look at the same moment one sends it', async () => {
    const { ctx } = leadline.runtime;
    const { id } = await schedule();
    clock.advance(DAY);
    const deps = depsWith(linesCsv(['A', '1']));
    await Promise.all(Array.from({ length: 6 }, () => queueDueRuns(ctx)));
    expect(await runs(id)).toHaveLength(1);
    await Promise.all(Array.from({ length: 6 }, () => sendDueRuns(ctx, deps, signal())));
    expect(inbox.mails).toHaveLength(1);
    expect(await runs(id)).toMatchObject([{ status: 'sent', attempts: 1 }]);
  });

  test('a view’s filters are those it has when it runs; without the view it pauses and says so', async () => {
    const { ctx } = leadline.runtime;
    const view = {
      actor: olga,
      page: 'refs',
      name: 'Mine',
      cleanQuery: (q: URLSearchParams) => q.toString(),
    } as const;
    const { id: viewId } = await saveView(ctx, { ...view, query: 'ref=one' });
    const { id } = await schedule({ viewId, query: 'ref=ignored' });
    await ctx.store.prisma.savedView.update({ where: { id: viewId }, data: { query: 'ref=two' } });
    const asked: string[] = [];
    const deps = depsWith(async (list, query, zone, stop) => {
      asked.push(`${list} ${query} ${zone}`);
      return linesCsv(['A'])(list, query, zone, stop);
    });
    clock.advance(DAY);
    await queueDueRuns(ctx);
    await sendDueRuns(ctx, deps, signal());
    expect(asked).toEqual(['refs ref=two Europe/Berlin']);
    expect(partsOf(inbox.mails[0]?.raw ?? '').words).toContain('Nothing matched');
    await removeView(ctx, { id: viewId, actor: olga });
    clock.advance(7 * DAY);
    await queueDueRuns(ctx);
    await sendDueRuns(ctx, deps, signal());
    expect(await getSchedule(ctx, id)).toMatchObject({
      status: 'paused',
      pausedWhy: expect.stringContaining('saved view of Refs is gone'),
      last: { status: 'failed' },
    });
    await expect(resumeSchedule(ctx, { id, actor: olga })).rejects.toThrow('Choose its filters anew');
    const sam = await person('Sam', 'owner');
    await expect(schedule({ name: 'Other', viewId: 'viw_none' }, sam)).rejects.toThrow('no saved view');
  });
});

describe('who may', () => {
  test('an owner makes, changes and removes one; others may read', async () => {
    const { ctx } = leadline.runtime;
    const fin = await person('Fin', 'finance');
    await expect(schedule({}, fin)).rejects.toThrow('needs the role owner');
    const { id } = await schedule();
    for (const verb of [pauseSchedule, resumeSchedule, removeSchedule, sendNow])
      await expect(verb(ctx, { id, actor: fin })).rejects.toThrow('needs the role owner');
    await expect(schedule()).rejects.toThrow('already a scheduled export called "Refs of the week"');
    await expect(schedule({ name: 'B', channelId: 'chn_none' })).rejects.toThrow('sends no email');
    const pager = await saveChannel(ctx, {
      kind: 'webhook',
      channel: { name: 'Pager', url: 'https://hooks.example.com/x' },
      actor: SYSTEM,
    });
    await expect(schedule({ name: 'B', channelId: pager.id })).rejects.toThrow('sends no email');
    await saveSchedule(ctx, {
      id,
      schedule: { ...WEEKLY, channelId, name: 'Renamed', every: 'month', day: 31 },
      actor: olga,
    });
    expect(await listSchedules(ctx)).toMatchObject([{ name: 'Renamed', nextAt: '2026-05-31T06:00:00.000Z' }]);
    await removeSchedule(ctx, { id, actor: olga });
    expect(await listSchedules(ctx)).toEqual([]);
  });

  test('once whoever made it may not any more, or is gone, it pauses and says so, until another resumes it', async () => {
    const { ctx } = leadline.runtime;
    const sam = await person('Sam', 'owner');
    const { id } = await schedule();
    for (const change of [{ role: 'finance' } as const, { role: 'owner', banned: true } as const]) {
      await changeUser(ctx, { id: olga.id ?? '', ...change, actor: sam });
      clock.advance(7 * DAY);
      await runner().tick();
      expect(await getSchedule(ctx, id)).toMatchObject({
        status: 'paused',
        pausedWhy: expect.stringContaining('Resume it, and it runs with your permission'),
      });
      clock.advance(7 * DAY);
      await runner().tick();
      expect(inbox.mails).toHaveLength(0);
      await resumeSchedule(ctx, { id, actor: olga.id === null ? sam : { ...olga, role: 'owner' } });
    }
    await pauseSchedule(ctx, { id, actor: sam });
    await resumeSchedule(ctx, { id, actor: sam });
    clock.advance(7 * DAY);
    await runner().tick();
    expect(inbox.mails).toHaveLength(1);
    expect(partsOf(inbox.mails[0]?.raw ?? '').words).toContain('Set up by: Sam');
  });
});

describe('when it does not work', () => {
  test('a mail server that refuses is tried five times, said in its words, and the next moment comes all the same', async () => {
    const { ctx } = leadline.runtime;
    const { id } = await schedule();
    inbox.refuses.add('fin@example.com').add('cfo@example.com');
    const sender = runner();
    clock.advance(DAY);
    for (const wait of [0, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR]) {
      clock.advance(wait - 1);
      await sender.tick();
      clock.advance(1);
      await sender.tick();
    }
    expect(await runs(id)).toMatchObject([
      {
        status: 'failed',
        attempts: 5,
        responseStatus: 550,
        words: expect.stringContaining('No such mailbox'),
      },
    ]);
    expect(await getSchedule(ctx, id)).toMatchObject({ status: 'active' });
    inbox.refuses.delete('cfo@example.com');
    clock.advance(7 * DAY);
    await sender.tick();
    expect((await runs(id))[0]).toMatchObject({ status: 'sent', words: 'Not taken for fin@example.com.' });
  });

  test('without a mail server, channel or list it fails at once or tries again, and says why', async () => {
    const { ctx } = leadline.runtime;
    const { id } = await schedule();
    const last = async () => (await runs(id))[0];
    const once = async (deps: ScheduleDeps) => {
      await sendNow(ctx, { id, actor: olga });
      await sendDueRuns(ctx, deps, signal());
    };
    await once(depsWith(linesCsv(['A']), null));
    expect(await last()).toMatchObject({ status: 'failed', words: expect.stringContaining('SMTP_URL') });
    await switchChannel(ctx, { id: channelId, enabled: false, actor: SYSTEM });
    await once(depsWith(linesCsv(['A'])));
    expect(await last()).toMatchObject({ status: 'failed', words: expect.stringContaining('switched off') });
    expect(await getSchedule(ctx, id)).toMatchObject({ status: 'active', channel: { enabled: false } });
    await switchChannel(ctx, { id: channelId, enabled: true, actor: SYSTEM });
    const broken = depsWith(async () => ({
      bytes: new ReadableStream({ pull: (c) => c.error(new Error('the disk is gone')) }),
      rows: () => 0,
    }));
    await once(broken);
    expect(await last()).toMatchObject({
      status: 'queued',
      words: expect.stringContaining('could not be read'),
    });
    await expect(sendNow(ctx, { id, actor: olga })).rejects.toThrow('on its way already');
    await removeChannel(ctx, { id: channelId, actor: SYSTEM });
    clock.advance(MINUTE);
    await sendDueRuns(ctx, depsWith(linesCsv(['A'])), signal());
    expect(await getSchedule(ctx, id)).toMatchObject({
      status: 'paused',
      channel: null,
      pausedWhy: expect.stringContaining('Its channel was removed'),
    });
    expect(inbox.mails).toHaveLength(0);
  });

  test('a worker that died is followed by another under the same id; one that stops gives the run back', async () => {
    const { ctx } = leadline.runtime;
    const { id } = await schedule();
    await sendNow(ctx, { id, actor: olga });
    let stop = new AbortController();
    const never = depsWith(async (_list, _query, _zone, aborted) => {
      stop.abort();
      return {
        bytes: new ReadableStream({ pull: (c) => c.error(aborted.aborted ? new Error('left') : null) }),
        rows: () => 0,
      };
    });
    await sendDueRuns(ctx, never, stop.signal);
    expect(await runs(id)).toMatchObject([{ status: 'queued', attempts: 0 }]);

    // one that was killed in the middle leaves its lease behind
    await ctx.store.prisma.exportRun.updateMany({
      data: { status: 'sending', attempts: 1, leaseUntil: new Date(clock.now() + 3 * MINUTE) },
    });
    stop = new AbortController();
    const deps = depsWith(linesCsv(['A', '1']));
    expect(await sendDueRuns(ctx, deps, stop.signal)).toBe(0);
    clock.advance(3 * MINUTE);
    expect(await sendDueRuns(ctx, deps, stop.signal)).toBe(1);
    expect(await runs(id)).toMatchObject([{ status: 'sent', attempts: 2 }]);
    expect(inbox.mails).toHaveLength(1);
  });

  test('one that ends every worker which takes it up is given up after five, and says so', async () => {
    const { ctx } = leadline.runtime;
    const { id } = await schedule();
    await sendNow(ctx, { id, actor: olga });
    await ctx.store.prisma.exportRun.updateMany({
      data: { status: 'sending', attempts: 5, leaseUntil: new Date(clock.now() - 1) },
    });
    await sendDueRuns(ctx, depsWith(linesCsv(['A', '1'])), signal());
    expect(await runs(id)).toMatchObject([
      { status: 'failed', attempts: 6, words: expect.stringContaining('taken up 5 times') },
    ]);
    expect(inbox.mails).toHaveLength(0);
  });

  test('one whose lease was taken meanwhile sends nothing', async () => {
    const { ctx } = leadline.runtime;
    const { id } = await schedule();
    await sendNow(ctx, { id, actor: olga });
    const slow = depsWith(async (...args) => {
      clock.advance(10 * MINUTE);
      await sendDueRuns(ctx, depsWith(linesCsv(['A', '1'])), signal());
      return linesCsv(['A', '1'])(...args);
    });
    await sendDueRuns(ctx, slow, signal());
    expect(inbox.mails).toHaveLength(1);
    expect(await runs(id)).toMatchObject([{ status: 'sent', attempts: 2 }]);
  });
});

describe('the file', () => {
  test('is packed above 1 MB, and above 7 MB packed the mail holds words and a link instead', async () => {
    const { ctx } = leadline.runtime;
    await fillCaptures(ctx.store, 20_000);
    const { id } = await schedule({ query: '' });
    await sendNow(ctx, { id, actor: olga });
    await runner().tick();
    const packed = partsOf(inbox.mails[0]?.raw ?? '');
    expect(packed.name).toBe('leadline-refs-2026-05-12.csv.gz');
    expect(
      gunzipSync(packed.file ?? Buffer.alloc(0))
        .toString()
        .split('\r\n'),
    ).toHaveLength(20_002);
    expect(await runs(id)).toMatchObject([{ attached: 'gzip', rows: 20_000 }]);

    let read = 0;
    const noise = depsWith(async () => ({
      bytes: new ReadableStream<Uint8Array>({
        pull(c) {
          read += 1;
          if (read > 200) c.close();
          else c.enqueue(crypto.getRandomValues(new Uint8Array(65_536)));
        },
      }),
      rows: () => read * 100,
    }));
    await sendNow(ctx, { id, actor: olga });
    await sendDueRuns(ctx, noise, signal());
    const large = partsOf(inbox.mails[1]?.raw ?? '');
    expect(large.file).toBeNull();
    expect(large.words).toContain('too large for a mail');
    expect(large.words).toContain('https://leadline.test/export/refs.csv');
    // reading ended where it had become too large
    expect(read).toBeLessThan(150);
    expect((await runs(id))[0]).toMatchObject({ attached: 'none', status: 'sent' });
  });
});

test('the runner stops in the middle of a long list without waiting for its end', async () => {
  const { ctx } = leadline.runtime;
  const { id } = await schedule();
  await sendNow(ctx, { id, actor: olga });
  const reading = Promise.withResolvers<void>();
  const endless = createScheduleRunner(
    ctx,
    depsWith(async (_list, _query, _zone, stop) => ({
      bytes: new ReadableStream<Uint8Array>({
        async pull(c) {
          reading.resolve();
          await new Promise((resolve) => setImmediate(resolve));
          if (stop.aborted) c.error(new Error('stopped'));
          else c.enqueue(new Uint8Array(8));
        },
      }),
      rows: () => 1,
    })),
  );
  endless.start();
  await reading.promise;
  await endless.stop();
  expect(await runs(id)).toMatchObject([{ status: 'queued', attempts: 0 }]);
});
