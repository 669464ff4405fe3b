import type { PostbackDetail } from '#app/modules/outbox/detail-schema.ts';
import type { ConversionFactsSet, StoryEvent, StoryKind } from './story-schema.ts';

const ORDER: readonly StoryKind[] = [
  'capture',
  'capture_blocked',
  'record',
  'conversion',
  'conflict',
  'attempt',
  'lead',
  'refund',
  'dispute',
  'dispute_answer',
  'loss',
];

/** All that happened, oldest first; what happened in the same millisecond in the order of cause and effect. Pure. */
export function tellStory(facts: ConversionFactsSet): StoryEvent[] {
  const events = [...arrivals(facts), ...conversion(facts), ...attempts(facts.postback), ...aftermath(facts)];
  return events.sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind),
  );
}

const event = (
  kind: StoryKind,
  id: string,
  at: string,
  title: string,
  detail: string | null,
  good: boolean | null = null,
): StoryEvent => ({ id, kind, at, title, detail, good });

function arrivals({ captures, record }: ConversionFactsSet): StoryEvent[] {
  const seen = captures.map((c) =>
    c.outcome === 'overwrite_blocked'
      ? event(
          'capture_blocked',
          c.id,
          c.at,
          `Code ${c.ref} turned away`,
          `${c.keptRef ?? 'The first code'} was there first and stays.`,
        )
      : event('capture', c.id, c.at, `Arrived with code ${c.ref}`, c.url),
  );
  return record
    ? [
        ...seen,
        event(
          'record',
          record.id,
          record.at,
          `Code kept on the ${record.type.replaceAll('_', ' ')}`,
          record.recordId,
        ),
      ]
    : seen;
}

function conversion({ conversion: c, postback, conflicts }: ConversionFactsSet): StoryEvent[] {
  const detail = postback ? null : 'No tracking code came with it: nothing is sent.';
  return [
    event('conversion', c.id, c.createdAt, `${c.eventType} reported`, detail),
    ...conflicts.map((k) =>
      event(
        'conflict',
        k.id,
        k.at,
        'The same externalId came again with other content',
        'It was refused and is not sent.',
        false,
      ),
    ),
  ];
}

function attempts(postback: PostbackDetail | null): StoryEvent[] {
  return (postback?.attempts ?? []).map((a) => {
    const answer =
      a.responseStatus === null
        ? (a.errorCode ?? 'no answer')
        : `${a.responseStatus}${a.errorCode ? ` ${a.errorCode}` : ''}`;
    return event(
      'attempt',
      a.id,
      a.startedAt,
      `Attempt ${a.number}: ${answer}`,
      a.errorMessage,
      ['accepted', 'duplicate', 'test'].includes(a.outcome),
    );
  });
}

function aftermath({ leads, refunds, disputes, losses }: ConversionFactsSet): StoryEvent[] {
  return [
    ...leads.map((l) => event('lead', l.id, l.createdAt, `Lead ${l.networkLeadId}`, l.status, true)),
    ...refunds.map((r) =>
      event(
        'refund',
        r.id,
        r.createdAt,
        `${r.kind === 'refund' ? 'Refund' : r.kind === 'chargeback' ? 'Chargeback' : 'Fraud report'} ${r.refundId}`,
        r.explanation,
      ),
    ),
    ...disputes.flatMap((d) => [
      event('dispute', d.id, d.createdAt, 'Dispute queued', null),
      ...(d.settledAt
        ? [
            event(
              'dispute_answer',
              `${d.id}_answer`,
              d.settledAt,
              disputeAnswer(d.status),
              d.errorMessage,
              d.status === 'delivered' || d.status === 'duplicate',
            ),
          ]
        : []),
    ]),
    ...losses.map((l) => event('loss', l.id, l.at, 'Payout lost', l.explanation, false)),
  ];
}

function disputeAnswer(status: string): string {
  if (status === 'delivered' || status === 'duplicate') return 'Dispute accepted: the payout was taken back';
  if (status === 'canceled') return 'Dispute taken back before it left';
  return 'Dispute not taken';
}
