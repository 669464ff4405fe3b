import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { boundOf, countUpTo, type DeliveryTotals } from '#app/modules/metrics/index.server.ts';
import { type Numbers, readNumbers } from './metrics-read.server.ts';
import type { Runtime } from './runtime.server.ts';

/** Scrapes closer together than this are told the same numbers: reading costs the store the same once. */
const KEEP_MS = 2_000;
/** Upper bounds of the histogram, in seconds. */
const BOUNDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600, 7_200, 86_400];
const OUTCOMES = ['accepted', 'duplicate', 'test', 'retryable', 'rejected', 'interrupted'] as const;

interface Family {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  values: { value: number; labels: Record<string, string | number>; metricName?: string }[];
}

/**
 * What GET /metrics tells, in Prometheus' format. Labels are names of accounts, statuses and reasons: no secret, no
 * tracking code, nothing that somebody outside could make up. Counted and timed from the rollups, so all processes
 * of an installation tell the same; what is of one process says so.
 */
export function createMetrics(runtime: Runtime): { text(): Promise<string>; contentType: string } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'leadline_attempts_in_flight',
    help: 'Requests to networks under way in this process',
    registers: [registry],
    collect() {
      this.set(runtime.worker?.inFlight ?? 0);
    },
  });
  let read: { at: number; numbers: Promise<Numbers> } | null = null;
  const numbers = (): Promise<Numbers> => {
    if (!read || performance.now() - read.at > KEEP_MS) {
      const fresh = { at: performance.now(), numbers: readNumbers(runtime) };
      read = fresh;
      // a failure is told once, not remembered
      fresh.numbers.catch(() => {
        if (read === fresh) read = null;
      });
    }
    return read.numbers;
  };
  return {
    contentType: registry.contentType,
    async text() {
      const families = familiesOf(await numbers());
      return `${await registry.metrics()}\n${families.map(written).join('\n')}\n`;
    },
  };
}

function familiesOf(n: Numbers): Family[] {
  const gauge = (name: string, help: string, values: Family['values']): Family => ({
    name,
    help,
    type: 'gauge',
    values,
  });
  const one = (value: number): Family['values'] => [{ value, labels: {} }];
  return [
    {
      name: 'leadline_attempts_total',
      help: 'Attempts at postbacks that ended, by network account and outcome; some seconds behind',
      type: 'counter',
      values: n.totals.flatMap(({ network, counts }) =>
        OUTCOMES.map((outcome) => ({ value: counts[outcome], labels: { network, outcome } })),
      ),
    },
    {
      name: 'leadline_first_tries_total',
      help: 'First attempts at postbacks that ended, without tests, by network account and whether they were accepted',
      type: 'counter',
      values: n.totals.flatMap(({ network, counts }) => [
        { value: counts.firstSuccesses, labels: { network, accepted: 'yes' } },
        { value: counts.firstTries - counts.firstSuccesses, labels: { network, accepted: 'no' } },
      ]),
    },
    timeFamily(n.totals),
    gauge(
      'leadline_postbacks',
      'Postbacks that have not come to rest, or failed, by status',
      n.messages
        .filter((row) => row.kind === 'postback')
        .map(({ status, count }) => ({ value: count, labels: { status } })),
    ),
    gauge(
      'leadline_messages',
      'Outbox messages that have not come to rest, or failed, by kind and status',
      n.messages.map(({ kind, status, count }) => ({ value: count, labels: { kind, status } })),
    ),
    gauge(
      'leadline_parked',
      'Postbacks held back, by reason',
      n.parked.map(({ reason, count }) => ({ value: count, labels: { reason } })),
    ),
    gauge(
      'leadline_outbox_due',
      'Messages whose time has come and that nobody holds (counted to 100,000)',
      one(n.due),
    ),
    gauge(
      'leadline_outbox_lag_seconds',
      'Age of the oldest message whose time has come and that nobody holds',
      one(n.lagSeconds),
    ),
    gauge('leadline_issues_open', 'Open issues', one(n.issuesOpen)),
    gauge('leadline_jobs_active', 'Bulk jobs under way', one(n.jobsActive)),
    gauge(
      'leadline_leads_due_72h',
      'Leads on hold whose dispute deadline is less than 72 hours away',
      one(n.leadsDue),
    ),
    gauge(
      'leadline_worker_beat_age_seconds',
      'Age of the youngest sign of life of a delivery worker; absent while there was none in a day',
      n.beatAgeSeconds === null ? [] : one(n.beatAgeSeconds),
    ),
  ];
}

/** Cumulative counts, as a histogram is told. Its sum is of the middles of buckets: within an eighth. */
function timeFamily(totals: Numbers['totals']): Family {
  const name = 'leadline_time_to_delivered_seconds';
  return {
    name,
    help: 'Time from conversion to acceptance, by network account; the sum is an estimate from the buckets',
    type: 'histogram',
    values: totals.flatMap(({ network, times }): Family['values'] => {
      const count = [...times.values()].reduce((sum, n) => sum + n, 0);
      return [
        ...BOUNDS.map((le) => ({
          metricName: `${name}_bucket`,
          value: countUpTo(times, le * 1_000),
          labels: { network, le },
        })),
        { metricName: `${name}_bucket`, value: count, labels: { network, le: '+Inf' } },
        { metricName: `${name}_sum`, value: sumOf(times), labels: { network } },
        { metricName: `${name}_count`, value: count, labels: { network } },
      ];
    }),
  };
}

const sumOf = (times: DeliveryTotals['times']): number =>
  [...times].reduce(
    (sum, [bucket, count]) => sum + (count * (boundOf(bucket - 1) + boundOf(bucket))) / 2_000,
    0,
  );

const quoted = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');

/** A family in Prometheus' text format. */
function written({ name, help, type, values }: Family): string {
  const lines = values.map(({ value, labels, metricName }) => {
    const list = Object.entries(labels).map(([key, text]) => `${key}="${quoted(String(text))}"`);
    return `${metricName ?? name}${list.length > 0 ? `{${list.join(',')}}` : ''} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n');
}
