/** SQL that fills a store in bulk: see `fillSql`. */
export interface FillSql {
  before: string;
  /** Answers the name and the text of the indexes that are made after the rows. */
  indexes: string;
  rows: string[];
  after: string;
}

const MESSAGE = [
  'id',
  'kind',
  'accountId',
  'conversionId',
  'networkCampaignId',
  'externalId',
  'ref',
  'eventType',
  'revenueCents',
  'currency',
  'payload',
  'status',
  'dueAt',
  'step',
  'attempts',
  'firstMaySentAt',
  'httpStatus',
  'errorCode',
  'errorMessage',
  'createdAt',
  'updatedAt',
];
const ATTEMPT = [
  'id',
  'messageId',
  'number',
  'startedAt',
  'durationMs',
  'requestMethod',
  'requestUrl',
  'requestBody',
  'responseStatus',
  'responseBody',
  'bodyEncoding',
  'responseBytes',
  'truncated',
  'outcome',
  'errorCode',
  'errorMessage',
];

/** 2026-01-01, the time of the first row; the others follow a second apart. */
const EPOCH_MS = 1_767_225_600_000;
const PAYLOAD =
  '{"ref":"M4TSbpS8","externalId":"order","eventType":"PURCHASE","revenueCents":9900,"currency":"USD","metadata":null,"occurredAt":"2026-01-01T00:00:00.000Z","customer":null,"coupon":null}';

/**
 * `count` postbacks whose first attempt met a network that was down (one attempt each), all due again in the past:
 * a long outage, and a long list. Ids sort by `i` and look like ours.
 */
export function fillSql(dialect: 'sqlite' | 'postgres', count: number): FillSql {
  const sqlite = dialect === 'sqlite';
  const id = (prefix: string) =>
    sqlite ? `printf('${prefix}_01KDV%021d', i)` : `'${prefix}_01KDV' || lpad(i::text, 21, '0')`;
  const at = sqlite
    ? `(${EPOCH_MS} + i)`
    : `(to_timestamp(${EPOCH_MS / 1000}) AT TIME ZONE 'UTC' + i * interval '1 millisecond')`;
  const no = sqlite ? '0' : 'false';
  const from = sqlite
    ? `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) SELECT i FROM n)`
    : `generate_series(1, ${count}) AS s(i)`;
  const error = `503, 'SERVER_ERROR', 'The network answered 503.'`;
  const message = `${id('pbk')}, 'postback', 'acc_bench', ${id('cnv')}, 'camp-' || (i % 50), 'order_' || i, 'M4TSbpS8', 'PURCHASE', 9900, 'USD', '${PAYLOAD}', 'retrying', ${at}, 1, 1, ${at}, ${error}, ${at}, ${at}`;
  const attempt = `${id('att')}, ${id('pbk')}, 1, ${at}, 3.5, 'POST', 'https://network.example/postback', '{}', 503, 'down', 'utf8', 4, ${no}, 'retryable', 'SERVER_ERROR', 'The network answered 503.'`;
  const insert = (table: string, columns: string[], values: string) =>
    `INSERT INTO "${table}" (${columns.map((c) => `"${c}"`).join(', ')}) SELECT ${values} FROM ${from}`;
  return {
    before: sqlite
      ? 'PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL; PRAGMA cache_size = -262144'
      : `SET synchronous_commit = off; SET maintenance_work_mem = '256MB'`,
    indexes: sqlite
      ? `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('OutboxMessage', 'Attempt')`
      : `SELECT indexname AS name, indexdef AS sql FROM pg_indexes WHERE tablename IN ('OutboxMessage', 'Attempt') AND indexname NOT LIKE '%_pkey'`,
    rows: [insert('OutboxMessage', MESSAGE, message), insert('Attempt', ATTEMPT, attempt)],
    after: sqlite ? 'PRAGMA wal_checkpoint(TRUNCATE)' : 'VACUUM ANALYZE',
  };
}
