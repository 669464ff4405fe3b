import { useState } from 'react';
import type { PostbackDetail } from '#app/modules/outbox/detail-schema.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Section } from '#app/ui/drawer.tsx';
import { HttpPanes } from '#app/ui/http-panes.tsx';
import type { Meaning } from '#app/ui/meaning.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
import { LadderSection } from '../_console.postbacks/ladder-section.tsx';

/** A dispute that was queued for the lead, with its attempts. */
export type DisputeMessage = PostbackDetail;
type AttemptItem = PostbackDetail['attempts'][number];

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

/** One dispute of a lead: what came of it, its attempts made and to come, and the request and answer of one of them. */
export function DisputeEvidence({ message, number }: { message: DisputeMessage; number: number }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const look = STATUS_WORDS[message.status] ?? { meaning: 'neutral' as const, label: message.status };
  const attempt = message.attempts.find(({ id }) => id === chosen) ?? message.attempts.at(-1);
  return (
    <>
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
      </Section>
      {message.ladder.length > 0 && (
        <LadderSection
          postback={message}
          actions={null}
          selectedId={attempt?.id ?? null}
          onSelect={setChosen}
        />
      )}
      {attempt && (
        <Section
          title={`Attempt ${attempt.number}`}
          meta={<Time at={attempt.startedAt} as="clock" />}
          end={attempt.responseStatus ?? attempt.errorCode ?? attempt.outcome}
        >
          <AttemptPanes attempt={attempt} />
        </Section>
      )}
    </>
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
