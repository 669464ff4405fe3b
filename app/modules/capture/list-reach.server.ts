import type { Ctx } from '#app/platform/context.server.ts';
import type { CodeReach } from './view-schema.ts';

const CONVERSIONS_CAP = 11;

/** How far codes have got, by `codeKey`. Three look-ups by index for each code that is there. */
export async function listReach(
  ctx: Pick<Ctx, 'store'>,
  codes: readonly { accountId: string; ref: string }[],
): Promise<Record<string, CodeReach>> {
  const { store } = ctx;
  const { dialect } = store;
  const asked = [
    ...new Map(codes.map(({ accountId, ref }) => [codeKey(accountId, ref), { accountId, ref }])).entries(),
  ];
  if (asked.length === 0) return {};
  const spec = { key: 'text', accountId: 'text', ref: 'text' } as const;
  const whose = (table: string) => `${table}."ref" = a."ref" AND ${table}."accountId" = a."accountId"`;
  const rows = await store.query<{
    key: string;
    record: number | bigint;
    conversions: number | bigint;
    postback: string | null;
  }>(
    `SELECT a."key" AS "key",
       (SELECT count(*) FROM (SELECT 1 FROM "TrackedRecord" t WHERE ${whose('t')} LIMIT 1) AS x) AS "record",
       (SELECT count(*) FROM (SELECT 1 FROM "Conversion" v WHERE ${whose('v')} LIMIT ${CONVERSIONS_CAP}) AS y) AS "conversions",
       (SELECT m."status" FROM "Conversion" v JOIN "OutboxMessage" m ON m."id" = v."postbackId"
        WHERE ${whose('v')} ORDER BY v."id" DESC LIMIT 1) AS "postback"
     FROM ${dialect.rows(spec, 1, 'a')}`,
    dialect.encode(
      spec,
      asked.map(([key, code]) => ({ key, ...code })),
    ),
  );
  return Object.fromEntries(
    rows.map((row) => {
      const conversions = Number(row.conversions);
      const more = conversions >= CONVERSIONS_CAP;
      return [
        row.key,
        {
          record: Number(row.record) > 0,
          conversions: more ? CONVERSIONS_CAP - 1 : conversions,
          more,
          postback: row.postback,
        },
      ];
    }),
  );
}

/** Names a code of an account in the answer of `listReach`. Ids hold no space, so no two codes share a name. */
export const codeKey = (accountId: string, ref: string): string => `${accountId} ${ref}`;
