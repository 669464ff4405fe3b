import type { getPostback } from '#app/modules/outbox/index.server.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Section } from '#app/ui/drawer.tsx';
import { HttpPanes } from '#app/ui/http-panes.tsx';
import type { Meaning } from '#app/ui/meaning.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';

type AttemptItem = Awaited<ReturnType<typeof getPostback>>['attempts'][number];

/** A dispute that was queued for the lead, with its attempts. */
export interface DisputeMessage {
  id: string;
  status: string;
  createdAt: string;
  cancelReason: string | null;
  attempts: AttemptItem[];
  explanation: { title: string; meaning: string; whatToDo: string } | null;
}

const STATUS_WORDS: Record<string, { meaning: Meaning; label: string }> = {
  queued: { meaning: 'waiting', label: 'Waits to leave' },
  sending: { meaning: 'waiting', label: 'Being sent' },
  retrying: { meaning: 'waiting', label: 'Retrying' },
  delivered: { meaning: 'good', label: 'Accepted' },
  duplicate: { meaning: 'good', label: 'Accepted before' },
  failed: { meaning: 'needs', label: 'Refused' },
  exhausted: { meaning: 'needs', label: 'Not delivered' },
  parked: { meaning: 'needs', label: 'Parked' },
  canceled: { meaning: 'neutral', label: 'Taken back' },
};

/** One dispute of a lead: what came of it, and each attempt with its request and answer. */
export function DisputeEvidence({ message, number }: { message: DisputeMessage; number: number }) {
  const look = STATUS_WORDS[message.status] ?? { meaning: 'neutral' as const, label: message.status };
  return (
    <Section
      title={number > 1 ? `Dispute ${number}` : 'Dispute'}
      meta={<Time at={message.createdAt} />}
      end={<StatusBadge {...look} />}
    >
      {message.cancelReason !== null && <p className="c2">{message.cancelReason}. Nothing was sent.</p>}
      {message.explanation && (
        <Callout meaning={look.meaning} title={message.explanation.title}>
          {message.explanation.meaning} {message.explanation.whatToDo}
        </Callout>
      )}
      {message.attempts.map((attempt) => (
        <details key={attempt.id} open={attempt === message.attempts.at(-1)} className="mt-2">
          <summary className="c2">
            Attempt {attempt.number} · <Time at={attempt.startedAt} as="clock" /> ·{' '}
            {attempt.responseStatus ?? attempt.errorCode ?? attempt.outcome}
          </summary>
          <AttemptPanes attempt={attempt} />
        </details>
      ))}
    </Section>
  );
}

function AttemptPanes({ attempt }: { attempt: AttemptItem }) {
  const meaning: Meaning =
    attempt.outcome === 'accepted' || attempt.outcome === 'duplicate'
      ? 'good'
      : attempt.outcome === 'rejected'
        ? 'needs'
        : 'waiting';
  return (
    <HttpPanes
      request={{
        method: attempt.requestMethod ?? 'POST',
        url: attempt.requestUrl ?? 'not sent',
        headers: Object.entries(attempt.requestHeaders),
        body: attempt.requestBody ?? '',
      }}
      response={
        attempt.responseStatus === null
          ? {
              kind: 'none',
              title: attempt.errorCode ?? 'No answer',
              detail: attempt.errorMessage,
              meaning,
              durationMs: attempt.durationMs,
            }
          : {
              kind: 'answer',
              status: attempt.responseStatus,
              meaning,
              headers: Object.entries(attempt.responseHeaders),
              body: attempt.responseBody ?? '',
              durationMs: attempt.durationMs,
              bytes: attempt.responseBytes,
            }
      }
    />
  );
}
