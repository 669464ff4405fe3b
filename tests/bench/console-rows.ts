/** 2026-01-01, the time of the first row; the others follow a second apart. */
const EPOCH_MS = 1_767_225_600_000;
const AHEAD_MS = 3_650 * 86_400_000;
/** Rows that a clock or a file writes at one instant. */
const AT_ONCE = 2_000;

/** What a store wants of the same rows. */
function writing(dialect: 'sqlite' | 'postgres', count: number) {
  const sqlite = dialect === 'sqlite';
  const time = (ms: string) =>
    sqlite
      ? `(${EPOCH_MS} + (${ms}))`
      : `(to_timestamp(${EPOCH_MS / 1000}) AT TIME ZONE 'UTC' + (${ms}) * interval '1 millisecond')`;
  const from = sqlite
    ? `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) SELECT i FROM n)`
    : `generate_series(1::bigint, ${count}) AS s(i)`;
  return {
    /** An id that looks like ours, of row `i`. */
    id: (prefix: string, i = 'i') =>
      sqlite ? `printf('${prefix}_01KDV%021d', ${i})` : `'${prefix}_01KDV' || lpad((${i})::text, 21, '0')`,
    /** A second for each row. */
    at: time('i * 1000'),
    /** The same instant for many. */
    together: time(`(i / ${AT_ONCE}) * 60000`),
    /** Deadlines that some hundreds share, in another order than the rows; far ahead, so that no clock works them off. */
    due: time(`(i * 7919) % ${count} / 500 * 60000 + ${AHEAD_MS}`),
    insert: (table: string, columns: Record<string, string>) =>
      `INSERT INTO "${table}" (${Object.keys(columns)
        .map((name) => `"${name}"`)
        .join(', ')}) SELECT ${Object.values(columns).join(', ')} FROM ${from}`,
  };
}

/** `i % n = 0` gives the word beside `n`, the first that fits; the last word is of all others. */
const oneOf = (words: readonly (readonly [number, string])[], others: string): string =>
  `CASE ${words.map(([n, word]) => `WHEN i % ${n} = 0 THEN '${word}'`).join(' ')} ELSE '${others}' END`;

/**
 * Statements that write `count` rows into each list that people and providers fill: audit, jobs, batches, approvals,
 * alert deliveries, webhook events, campaigns, sendings of exports, a reconciliation, refunds, losses, with their leads.
 * In each list something is rare: one row in 50,000.
 */
export function consoleRowsSql(dialect: 'sqlite' | 'postgres', count: number): string[] {
  const { id, at, together, due, insert } = writing(dialect, count);
  const campaign = `'camp-' || (i % ${Math.max(1, Math.floor(count / 20))})`;
  const times = { createdAt: at, updatedAt: at };
  return [
    insert('AuditEntry', {
      id: id('aud'),
      actorType: `'user'`,
      actorId: `'usr_1'`,
      actorName: `'Anna'`,
      action: `'postback_retried'`,
      subjectType: oneOf(
        [
          [50_000, 'breaker'],
          [100, 'campaign'],
          [10, 'lead'],
        ],
        'message',
      ),
      subjectId: id('pbk'),
      detail: `'{"externalId":"order_' || i || '","name":"=1+1"}'`,
      ip: `'192.0.2.7'`,
      createdAt: at,
    }),
    insert('BulkJob', {
      id: id('job'),
      kind: `'retry'`,
      name: `'Retry of order ' || i`,
      filter: `'{"status":["failed"]}'`,
      newestId: id('pbk'),
      state: oneOf(
        [
          [50_000, 'stopped'],
          [20, 'canceled'],
        ],
        'done',
      ),
      matched: '10',
      succeeded: '10',
      createdByName: `'Anna'`,
      finishedAt: at,
      ...times,
    }),
    insert('DisputeBatch', {
      id: id('dbt'),
      name: `'Refunds of day ' || i`,
      selection: `'{"ids":[]}'`,
      selectionWords: `'Two leads'`,
      newestId: id('led'),
      text: `'Refunded'`,
      templateKind: `'any'`,
      state: `'done'`,
      counts: `'{"waiting":0,"disputed":2,"needs_approval":0,"refused":0,"left_out":1}'`,
      createdByType: `'user'`,
      createdByName: `'Anna'`,
      createdByRole: `'finance'`,
      finishedAt: at,
      ...times,
    }),
    insert('Lead', {
      id: id('led'),
      accountId: `'acc_bench'`,
      networkLeadId: `'ld_' || i`,
      conversionId: id('cnv'),
      postbackId: id('pbk'),
      networkCampaignId: campaign,
      affiliateId: `'aff_' || (i % 500)`,
      externalId: `'order_' || i`,
      payoutCents: '1980 + i % 100',
      currency: `'USD'`,
      holdState: `'pending_release'`,
      holdingPeriodDays: '30',
      heldSince: at,
      disputeBy: due,
      ...times,
    }),
    insert('DisputeApproval', {
      id: id('apr'),
      leadId: id('led'),
      reason: `'Refunded'`,
      payoutCents: '1980',
      currency: `'USD'`,
      dueAt: due,
      state: oneOf(
        [
          [2, 'pending'],
          [5, 'rejected'],
        ],
        'expired',
      ),
      requestedByType: `'user'`,
      requestedByName: `'Anna'`,
      decidedByName: `CASE WHEN i % 2 = 0 THEN NULL ELSE 'Bo' END`,
      decidedAt: `CASE WHEN i % 2 = 0 THEN NULL ELSE ${together} END`,
      createdAt: at,
    }),
    insert('AlertDelivery', {
      id: id('ald'),
      channelId: `'ach_' || (i % 4)`,
      eventKey: `'event ' || i`,
      transition: `'raised'`,
      title: `'Leads are due'`,
      body: `'{"kind":"one","alerts":[{"rule":"Due","what":"3 leads"}],"more":0}'`,
      status: oneOf([[50_000, 'failed']], 'sent'),
      attempts: '1',
      dueAt: at,
      createdAt: at,
      sentAt: at,
    }),
    insert('WebhookEvent', {
      id: id('whe'),
      endpointId: oneOf([[101, 'whk_two']], 'whk_one'),
      eventId: `'evt_' || i`,
      type: oneOf(
        [
          [50_000, 'charge.dispute.created'],
          [10, 'charge.refunded'],
        ],
        'checkout.session.completed',
      ),
      subjectId: `'cs_' || i`,
      testMode: 'i % 1000 = 0',
      verdict: oneOf([[20_000, 'refused']], 'verified'),
      state: oneOf(
        [
          [20_000, 'refused'],
          [30_000, 'failed'],
          [3, 'ignored'],
        ],
        'handled',
      ),
      became: `'[{"kind":"conversion","id":"cnv_1","words":"Conversion order_' || i || '"}]'`,
      body: `'{}'`,
      bodyBytes: '2',
      headers: `'[]'`,
      receivedAt: at,
      lastSeenAt: at,
      handledAt: at,
    }),
    insert('Campaign', {
      id: id('cmp'),
      accountId: oneOf([[50_000, 'acc_two']], 'acc_bench'),
      networkCampaignId: `'camp-' || i`,
      name: `'Campaign ' || i`,
      status: oneOf([[50_000, 'PAUSED']], 'ACTIVE'),
      payoutPerUnitCents: '1980',
      currency: `'USD'`,
      trackingConfirmedAt: `CASE WHEN i % 50000 = 0 THEN NULL ELSE ${at} END`,
      ...times,
    }),
    insert('ExportRun', {
      id: id('run'),
      exportId: `'sch_' || (i % 2)`,
      runKey: `'run ' || i`,
      cause: `'due'`,
      name: `'Refunds of the week'`,
      list: `'refunds'`,
      dueAt: at,
      status: oneOf([[50_000, 'failed']], 'sent'),
      tryAt: at,
      createdAt: at,
    }),
    insert('ReconciliationRow', {
      runId: '1',
      n: 'i',
      line: 'i + 1',
      key: `'order_' || i`,
      reason: oneOf(
        [
          [50_000, 'amount_differs'],
          [10, 'not_reported'],
        ],
        'matched',
      ),
      amountMinor: '9900',
      currency: `'USD'`,
      occurredAt: at,
    }),
    insert('Refund', {
      id: id('rfd'),
      refundId: `'re_' || i`,
      externalId: `'order_' || i`,
      kind: oneOf(
        [
          [50_000, 'fraud'],
          [100, 'chargeback'],
        ],
        'refund',
      ),
      amountCents: '9900',
      currency: `'USD'`,
      source: oneOf(
        [
          [50_000, 'console'],
          [3, 'api'],
        ],
        'stripe',
      ),
      contentHash: `'order_' || i`,
      disposition: oneOf(
        [
          [50_000, 'manual'],
          [5, 'needs_review'],
          [51, 'unmatched'],
          [71, 'awaiting_lead'],
        ],
        'disputed',
      ),
      explanation: `'Waits for a decision.'`,
      leadId: `CASE WHEN i % 5 <> 0 AND (i % 51 = 0 OR i % 71 = 0) THEN NULL ELSE ${id('led')} END`,
      occurredAt: at,
      ...times,
    }),
    insert('Loss', {
      id: id('los'),
      leadId: id('led'),
      accountId: `'acc_bench'`,
      networkCampaignId: campaign,
      payoutCents: '1980',
      currency: `'USD'`,
      cause: oneOf([[50_000, 'missed_in_review']], 'released_before_refund'),
      explanation: `'The payout was released before the refund.'`,
      createdAt: at,
    }),
  ];
}
