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
            It differs from the code that was sent only by case or white space, and{' '}
            {trace.likely.seen === 'accepted'
              ? 'the network has accepted it before.'
              : 'a visitor arrived with it.'}
          </Callout>
        </div>
      )}
      <ByteTrace rows={rows} />
    </Section>
  );
}
