import type { WizardEvidence } from '#app/modules/onboarding/evidence-schema.ts';
import { ByteTrace, TRACE_ICONS, type TraceRow } from '#app/ui/byte-trace.tsx';
import { Callout } from '#app/ui/callout.tsx';

const LAYERS = {
  capture: { label: 'Arrived as', icon: TRACE_ICONS.url },
  record: { label: 'Record', icon: TRACE_ICONS.record },
  conversion: { label: 'Conversion', icon: TRACE_ICONS.conversion },
};

/** Codes that look like the test code changed on its way, byte by byte (RG-06, RG-29). They prove nothing. */
export function Mutations({ evidence }: { evidence: WizardEvidence }) {
  const code = evidence.campaign.testTrackingCode;
  if (evidence.mutations.length === 0 || code === null) return null;
  return (
    <section className="mt-4" aria-label="Changed codes">
      <Callout
        meaning={
          evidence.capture && evidence.mutations.every((one) => one.layer === 'capture') ? 'needs' : 'lost'
        }
        title={evidence.capture ? 'A changed code was seen too.' : 'The code was changed on its way.'}
      >
        {evidence.campaign.networkLabel} compares every byte and would answer 404. Look for code that trims,
        lower-cases or decodes it at the place marked.
      </Callout>
      <div className="mt-2 grid gap-2">
        {evidence.mutations.map(({ layer, value, id }) => {
          const rows: TraceRow[] = [
            { key: 'code', label: 'Test code', value: code },
            { key: layer, ...LAYERS[layer], value },
          ];
          return <ByteTrace key={`${layer} ${id}`} rows={rows} />;
        })}
      </div>
    </section>
  );
}
