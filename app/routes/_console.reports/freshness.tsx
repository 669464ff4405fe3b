import { useEffect } from 'react';
import type { Reading } from '#app/modules/reports/reading-schema.ts';
import { Time } from '#app/ui/time.tsx';

/** A page whose figures are being read anew asks for them after this long, in ms. */
const ASK_AGAIN_MS = 2_000;

/** Says when the figures were read while newer ones are on their way, and asks for those. Nothing else to say: nothing. */
export function Freshness({ reading, revalidate }: { reading: Reading; revalidate: () => void }) {
  useEffect(() => {
    // new with every answer: each that is still old asks once more
    if (!reading.renewing) return;
    const timer = setTimeout(revalidate, ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [reading, revalidate]);
  return (
    <span className="c3 text-12" role="status">
      {reading.renewing && (
        <>
          Figures of <Time at={reading.at} as="clock" />
          {/* a phone's toolbar has room for the time alone */}
          <span className="max-md:sr-only">, being read anew</span>
        </>
      )}
    </span>
  );
}
