import type { AttemptEvidence } from '#app/modules/onboarding/evidence-schema.ts';
import { HttpPanes, type HttpResponseView } from '#app/ui/http-panes.tsx';
import type { Meaning } from '#app/ui/meaning.ts';

const MEANINGS: Record<string, Meaning> = {
  test: 'good',
  accepted: 'good',
  duplicate: 'good',
  retryable: 'waiting',
  interrupted: 'waiting',
};

/** The newest try of the test postback: what was sent and what came back, keys masked. */
export function AttemptPanes({ attempt }: { attempt: AttemptEvidence }) {
  const { method, url, headers, body } = attempt;
  return (
    <section aria-label={`Attempt ${attempt.number}`} className="mt-4">
      <HttpPanes request={{ method, url, headers, body }} response={responseOf(attempt)} />
    </section>
  );
}

function responseOf({ response }: AttemptEvidence): HttpResponseView {
  if (response === null) return { kind: 'waiting' };
  const { status, headers, body, encoding, bytes, truncated, durationMs, outcome, errorMessage } = response;
  const meaning = MEANINGS[outcome] ?? 'needs';
  if (status === null)
    return { kind: 'none', title: 'No answer came', detail: errorMessage ?? undefined, meaning, durationMs };
  const cut =
    truncated && body !== null
      ? {
          truncatedAt: new TextEncoder().encode(body).length,
          ...(bytes === null ? {} : { totalBytes: bytes }),
        }
      : {};
  return { kind: 'answer', status, meaning, headers, body, encoding, bytes, durationMs, ...cut };
}
