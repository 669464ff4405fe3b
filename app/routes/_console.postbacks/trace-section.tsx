import type { CodeTrace, TracePlace } from '#app/modules/outbox/detail-schema.ts';
import { ByteTrace, TRACE_ICONS, type TraceRow, TraceVerdict } from '#app/ui/byte-trace.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { Section } from '#app/ui/drawer.tsx';
import { Time } from '#app/ui/time.tsx';

const LABELS: Record<TracePlace, string> = {
  url: 'URL',
  cookie: 'Cookie',
  record: 'Record',
  conversion: 'Conversion',
  body: 'Body sent',
};

/** How the likely code is known. */
const SEEN: Record<NonNullable<CodeTrace['likely']>['seen'], string> = {
  accepted: 'The network has accepted this code before.',
  test: 'It is the test code of a campaign.',
  record: 'It stands on a record.',
  captured: 'A visitor arrived with it.',
  earlier: 'It stood earlier on the way of this very code.',
};

/** The tracking code at every place it passed, with the first change marked (RG-06, RG-29). */
export function TraceSection({ trace, level = 3 }: { trace: CodeTrace; level?: 2 | 3 }) {
  if (trace.stops.length === 0) return null;
  const rows = trace.stops.map(
    (stop): TraceRow => ({
      key: stop.place,
      label: LABELS[stop.place],
      icon: TRACE_ICONS[stop.place],
      value: stop.value,
      ...(stop.note === null ? {} : { sub: stop.note.replaceAll('_', ' ') }),
      ...(stop.at === null ? {} : { at: <Time at={stop.at} /> }),
      ...(stop.place === 'body' && stop.at === null ? { absent: 'not sent' } : {}),
    }),
  );
  return (
    <Section title="Tracking code, byte by byte" level={level} end={<TraceVerdict rows={rows} />}>
      {trace.likely && (
        <div className="mb-2">
          <Callout
            meaning="needs"
            title={
              <>
                Probably meant: <span className="mono">{trace.likely.ref}</span>
              </>
            }
            link={<CopyButton text={trace.likely.ref} label="Copy the code" />}
          >
            {trace.likely.words.join(' ')} {SEEN[trace.likely.seen]}
          </Callout>
        </div>
      )}
      {trace.oddities.length > 0 && (
        <ul className="notes mb-2">
          {trace.oddities.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      <ByteTrace rows={rows} />
    </Section>
  );
}
