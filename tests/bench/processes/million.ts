import { connectorById } from '#app/connectors/registry.server.ts';
import { claimDue, listPostbacks } from '#app/modules/outbox/index.server.ts';
import { migrate } from '#app/platform/db/migrate.server.ts';
import { openStore, type Store } from '#app/platform/db/store.server.ts';
import { serveCalls } from '../child.ts';
import { fillSql } from '../million-rows.ts';
import type { Place } from '../stores.ts';
import { addressOf, inTurns, openRaw, recorded, type Timing } from './asking.ts';

/** Stores with many rows, and the questions asked of them. */

/** Fills a new store: `count` messages that wait for their second attempt, each with its first. Indexes come last. */
async function fill(input: { place: Place; count: number }): Promise<void> {
  await migrate(addressOf(input.place));
  const raw = await openRaw(input.place);
  const dialect = input.place.databaseUrl ? 'postgres' : 'sqlite';
  const sql = fillSql(dialect, input.count);
  const indexes = (await raw.rows(sql.indexes, [])) as { name: string; sql: string }[];
  await raw.run(sql.before);
  for (const index of indexes) await raw.run(`DROP INDEX "${index.name}"`);
  for (const statement of sql.rows) await raw.run(statement);
  for (const index of indexes) await raw.run(index.sql);
  await raw.run(sql.after);
  await raw.close();
}

/** First page against page `page`, through the verb and by the same SQL run raw. */
async function pages(input: {
  place: Place;
  page: number;
  size: number;
  times: number;
}): Promise<Record<string, Timing>> {
  const store = await openStore(addressOf(input.place));
  const raw = await openRaw(input.place);
  const connector = connectorById('regatta');
  const list = (after?: string) => (conn: Store) =>
    listPostbacks({ store: conn }, async () => connector, { filter: {}, limit: input.size, after });
  const ids = await store.query<{ id: string }>(
    `SELECT "id" FROM "OutboxMessage" WHERE "kind" = 'postback' ORDER BY "id" DESC LIMIT 1 OFFSET ${(input.page - 1) * input.size - 1}`,
  );
  const after = ids[0]?.id;
  if (!after) throw new Error(`there is no page ${input.page}`);
  const whole = await list(after)(store);
  if (whole.items.length !== input.size) throw new Error(`page ${input.page} has ${whole.items.length} rows`);
  const [[first], [deep]] = [await recorded(store, list()), await recorded(store, list(after))];
  if (!first || !deep) throw new Error('nothing was asked');
  const measured = await inTurns(
    {
      first: () => list()(store),
      deep: () => list(after)(store),
      rawFirst: () => raw.rows(first.sql, first.args),
      rawDeep: () => raw.rows(deep.sql, deep.args),
    },
    input.times,
  );
  await raw.close();
  await store.close();
  return measured;
}

/** Claims of 256 out of a long and a short backlog. */
async function claims(input: { long: Place; short: Place; times: number }): Promise<Record<string, Timing>> {
  const [long, short] = [await openStore(addressOf(input.long)), await openStore(addressOf(input.short))];
  const claim = (store: Store) => async () => {
    const claimed = await claimDue(store, {
      owner: 'wrk_bench',
      now: new Date(),
      leaseMs: 30_000,
      limit: 256,
    });
    if (claimed.length !== 256) throw new Error(`claimed ${claimed.length} of 256`);
  };
  const measured = await inTurns({ long: claim(long), short: claim(short) }, input.times);
  await long.close();
  await short.close();
  return measured;
}

serveCalls({ fill, pages, claims });
