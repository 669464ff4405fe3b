import type { AttemptTimings } from '#app/modules/outbox/detail-schema.ts';
import { formatMs } from '#app/platform/time-format.ts';

/** The parts of an attempt's time in their order, as words; empty where none is known. */
export function timingParts(timings: AttemptTimings | null): { label: string; value: string }[] {
  if (timings === null) return [];
  const { dnsMs, connectMs, tlsMs, firstByteMs, reused } = timings;
  const parts = [
    { label: 'DNS', ms: dnsMs },
    { label: 'Connect', ms: connectMs },
    { label: 'TLS', ms: tlsMs },
    { label: 'First byte', ms: firstByteMs },
  ].flatMap(({ label, ms }) => (ms === null ? [] : [{ label, value: formatMs(ms) }]));
  return reused ? [{ label: 'Connection', value: 'kept from before' }, ...parts] : parts;
}

/** Where the time of an attempt went (point by point, where known). */
export function AttemptTimingLine({ timings }: { timings: AttemptTimings | null }) {
  const parts = timingParts(timings);
  if (parts.length === 0) return null;
  return (
    <dl className="c2 mt-1.5 flex flex-wrap gap-x-3 text-xs" aria-label="Where the time went">
      {parts.map(({ label, value }) => (
        <div key={label} className="flex gap-1">
          <dt className="c3">{label}</dt>
          <dd className="num m-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
