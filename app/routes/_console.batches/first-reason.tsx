import type { BatchPreview } from '#app/modules/disputes/batch-schema.ts';
import { VARIABLES } from '#app/modules/disputes/template-schema.ts';

/** The reason of the first lead, as it will be sent, and what is not known of it. */
export function FirstReason({ first, stale }: { first: NonNullable<BatchPreview['first']>; stale: boolean }) {
  return (
    <div className="field">
      <span className="lab">
        As sent for <span className="mono">{first.externalId}</span>
      </span>
      <div className="evidence" aria-live="polite" aria-busy={stale}>
        <span className="grow whitespace-pre-wrap break-words">{first.reason}</span>
      </div>
      {first.missing.length > 0 && (
        <p className="help">
          Not known of this one: {first.missing.map((name) => VARIABLES[name]).join('; ')}. “not known” is
          sent in its place.
        </p>
      )}
    </div>
  );
}
