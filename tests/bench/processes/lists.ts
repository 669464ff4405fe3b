import { connectorById } from '#app/connectors/registry.server.ts';
import {
  findInBodies,
  followAttempts,
  readDelivery,
  searchBodies,
} from '#app/modules/metrics/index.server.ts';
import { matchOf, phraseOf, tsqueryOf } from '#app/modules/metrics/words.ts';
import { listPostbacks, resolveFilter } from '#app/modules/outbox/index.server.ts';
import type { PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import { search } from '#app/modules/reports/index.server.ts';
import { listIssues } from '#app/modules/triage/index.server.ts';
import { migrate } from '#app/platform/db/migrate.server.ts';
import { openStore, type Store } from '#app/platform/db/store.server.ts';
import { serveCalls } from '../child.ts';
import { EPOCH_MS, writeRows } from '../list-rows.ts';
import { fillSql } from '../million-rows.ts';
import type { Place } from '../stores.ts';
import { addressOf, inTurns, openRaw, type Raw, recorded, type Statement, type Timing } from './asking.ts';

/** A store with postbacks of every kind: what each list, filter and search costs in it, beside its own SQL run raw. */

const LIMIT = 50;
const clock = { now: () => Date.parse('2030-01-01T00:00:00Z') };

/** Fills a new store, and follows its attempts. Answers the CPU of following, µs an attempt. */
async function fill(input: { place: Place; count: number }): Promise<{ cpu: number; ms: number }> {
  await migrate(addressOf(input.place));
  const raw = await openRaw(input.place);
  const sql = fillSql(input.place.databaseUrl ? 'postgres' : 'sqlite', 0);
  const named = (await raw.rows(sql.indexes, [])) as { name: string; sql: string }[];
  for (const index of named) await raw.run(`DROP INDEX "${index.name}"`);
  const store = await openStore(addressOf(input.place));
  await writeRows(store, input.count);
  for (const index of named) await raw.run(index.sql);
  const before = process.cpuUsage();
  const begun = performance.now();
  let followed = 0;
  for (let read = 1; read > 0; followed += read) read = await followAttempts({ store, clock });
  const used = process.cpuUsage(before);
  const ms = performance.now() - begun;
  if (followed !== input.count) throw new Error(`followed ${followed} of ${input.count} attempts`);
  await store.close();
  await raw.run(sql.after);
  await raw.close();
  return { cpu: (used.user + used.system) / input.count, ms };
}

type Question = { ask(store: Store): Promise<unknown>; raw?: (store: Store) => Statement[] };

/** The lists, filters and searches of the console, by what they are called. Every one must find something. */
function questions(count: number): Record<string, Question> {
  const connector = connectorById('regatta');
  const list = (filter: PostbackFilter): Question => ({
    ask: async (store) => {
      const resolved = await resolveFilter({ store }, filter, (text, limit) =>
        searchBodies({ store }, text, limit),
      );
      const input = { filter, resolved, limit: LIMIT };
      return (await listPostbacks({ store }, async () => connector, input)).items;
    },
  });
  const middle = Math.floor(count / 2);
  const day = (n: number) => new Date(EPOCH_MS + n * 86_400_000).toISOString();
  const end = EPOCH_MS + count * 7_000;
  const inBodies = (text: string): Question => ({
    ask: (store) => searchBodies({ store }, text),
    raw: (store) => [rawSearch(store, text)],
  });
  const delivery = (ms: number): Question => ({
    ask: (store) =>
      readDelivery(
        { store, clock },
        { accounts: async () => [{ id: 'acc_bench', name: 'regatta', connector: 'Regatta' }] },
        { from: end - ms, to: end, zone: 'Europe/Berlin', network: [], campaign: [] },
      ).then((report) => report.bars),
  });
  return {
    'Postbacks, no filter': list({}),
    'status is failed': list({ status: ['failed'] }),
    'status is not delivered': list({ not: { status: ['delivered'] } }),
    'cause is NOT_FOUND': list({ cause: ['NOT_FOUND'] }),
    'cause begins with BUDGET': list({ causeBegins: 'BUDGET' }),
    'HTTP status 5xx': list({ httpStatus: ['5xx'] }),
    'network is one of two': list({ network: ['second'] }),
    'campaign is': list({ campaign: ['camp-7'] }),
    'campaign not known': list({ campaignKnown: false }),
    'affiliate is': list({ affiliate: ['aff_120'] }),
    'tracking code begins with': list({ codeBegins: 'Ref0' }),
    'externalId begins with': list({ externalIdBegins: `order_${middle}` }),
    'amount at least': list({ amount: { gte: 40_000, currency: 'USD' } }),
    'attempts at least 3': list({ attempts: { gte: 3 } }),
    'issue is': list({ issue: ['iss_7'] }),
    'one day, delivered': list({ status: ['delivered'], from: day(1), to: day(2) }),
    'words in bodies, as a filter': list({ text: `refused order ${Math.floor(middle / 100) * 100 + 3}` }),
    'Issues by unpaid money': {
      ask: async (store) =>
        (
          await listIssues(
            { store, clock },
            { connectorFor: async () => connector },
            { filter: { state: ['open'] }, order: 'money', limit: LIMIT },
          )
        ).items,
    },
    'search, externalId': { ask: (store) => search({ store }, `order_${middle}`) },
    'search, beginning of a lead id': { ask: (store) => search({ store }, 'ld_99') },
    'search, beginning of a customer id': { ask: (store) => search({ store }, 'cus_0') },
    'bodies, an id': inBodies(`order_${middle}`),
    'bodies, a phrase of rare words': inBodies(`refused order ${Math.floor(middle / 100) * 100 + 3}`),
    'bodies, a phrase of many': inBodies('network refused'),
    'bodies, a word that most have': inBodies('verified'),
    'bodies, with the part that matched': {
      ask: (store) => findInBodies({ store }, `order_${middle}`, 5),
      raw: (store) => [rawSearch(store, `order_${middle}`)],
    },
    'Delivery, 24 hours': delivery(86_400_000),
    'Delivery, 7 days': delivery(7 * 86_400_000),
    'Delivery, 90 days': delivery(90 * 86_400_000),
  };
}

/** What the driver is asked for the same words. */
function rawSearch(store: Store, text: string): Statement {
  const phrase = phraseOf(text);
  if (!phrase) throw new Error(`no words in ${text}`);
  return store.dialect.name === 'sqlite'
    ? {
        sql: `SELECT t."messageId" FROM (SELECT rowid AS "docId" FROM "AttemptWords" WHERE "AttemptWords" MATCH ? ORDER BY rowid DESC LIMIT 1000) AS f CROSS JOIN "AttemptText" t WHERE t."docId" = f."docId" ORDER BY t."docId" DESC`,
        args: [matchOf(phrase)],
      }
    : {
        sql: `SELECT t."messageId" FROM (SELECT "docId" FROM "AttemptWords" WHERE "words" @@ $1::tsquery ORDER BY "docId" DESC LIMIT 1000) AS f JOIN "AttemptText" t ON t."docId" = f."docId" ORDER BY t."docId" DESC`,
        args: [tsqueryOf(phrase)],
      };
}

const runAll = async (raw: Raw, statements: readonly Statement[]): Promise<void> => {
  for (const { sql, args } of statements) await raw.rows(sql, args);
};

/** Each question through its verb and as raw SQL, in turns. */
async function ask(input: {
  place: Place;
  count: number;
  times: number;
}): Promise<Record<string, { ours: Timing; raw: Timing; statements: number }>> {
  const store = await openStore(addressOf(input.place));
  const raw = await openRaw(input.place);
  const out: Record<string, { ours: Timing; raw: Timing; statements: number }> = {};
  for (const [name, question] of Object.entries(questions(input.count))) {
    const found = (await question.ask(store)) as unknown[];
    if (found.length === 0) throw new Error(`"${name}" finds nothing`);
    const statements = question.raw?.(store) ?? (await recorded(store, question.ask));
    const measured = await inTurns(
      { ours: () => question.ask(store), raw: () => runAll(raw, statements) },
      input.times,
    );
    out[name] = {
      ours: measured.ours as Timing,
      raw: measured.raw as Timing,
      statements: statements.length,
    };
  }
  await raw.close();
  await store.close();
  return out;
}

serveCalls({ fill, ask });
