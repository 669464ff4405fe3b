import { useState } from 'react';
import type { EventDetail } from '#app/modules/webhooks/endpoint-schema.ts';
import { formatBytes } from '#app/platform/time-format.ts';
import { CodeBlock, type CodeView } from '#app/ui/code-block.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Segmented } from '#app/ui/segmented.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { VerdictBadge } from '../_console.settings.webhooks/event-words.tsx';

/** Verdict, ids and times of a delivery. */
export function EventFacts({ event }: { event: EventDetail }) {
  const { eventId, subjectId, occurredAt, handledAt, deliveries } = event;
  return (
    <Facts
      items={[
        { term: 'Verdict', value: <VerdictBadge verdict={event.verdict} /> },
        ...(eventId === null ? [] : [{ term: 'Event id', value: eventId, mono: true, wrap: true }]),
        ...(subjectId === null ? [] : [{ term: 'About', value: subjectId, mono: true, wrap: true }]),
        ...(occurredAt === null
          ? []
          : [{ term: 'Happened', value: <Time at={occurredAt} as="full" />, wrap: true }]),
        { term: 'Received', value: <Time at={event.receivedAt} as="full" />, wrap: true },
        ...(handledAt === null
          ? []
          : [{ term: 'Processed', value: <Time at={handledAt} as="full" />, wrap: true }]),
        {
          term: 'Sent',
          value: deliveries === 1 ? 'once' : `${deliveries} times: the same event, counted once`,
          wrap: true,
        },
        { term: 'Delivery id', value: event.id, mono: true, wrap: true },
      ]}
    />
  );
}

/** The body as it came; a refused one is cut off. */
export function RawBody({ event }: { event: EventDetail }) {
  const { body, bodyEncoding, bodyBytes } = event;
  const [view, setView] = useState<CodeView>('raw');
  const kept = keptBytes(event);
  return (
    <Panel
      title="Body"
      padded={false}
      end={
        <>
          <span className="c3 num">{formatBytes(bodyBytes)}</span>
          {bodyEncoding === 'utf8' && (
            <Segmented
              label="Body as"
              value={view}
              options={[
                { value: 'raw', label: 'As it came' },
                { value: 'pretty', label: 'Laid out' },
              ]}
              onChange={setView}
              small
            />
          )}
          <CopyButton text={body} label="Copy the body">
            Copy
          </CopyButton>
        </>
      }
    >
      <div className="codebox">
        <CodeBlock
          body={body}
          label="Body"
          view={view}
          encoding={bodyEncoding}
          truncatedAt={kept < bodyBytes ? kept : null}
          totalBytes={bodyBytes}
        />
      </div>
    </Panel>
  );
}

/** Bytes that were kept of a body. */
function keptBytes({ body, bodyEncoding }: EventDetail): number {
  if (bodyEncoding === 'base64') return Math.floor((body.replace(/=+$/, '').length * 3) / 4);
  return new TextEncoder().encode(body).length;
}

/** The headers worth keeping; signatures are not kept. */
export function EventHeaders({ headers }: { headers: readonly [string, string][] }) {
  if (headers.length === 0) return null;
  return (
    <Panel title="Headers" end="without the signature">
      <Facts items={headers.map(([term, value]) => ({ term, value, mono: true, wrap: true }))} />
    </Panel>
  );
}

/** Says that an old event's body is not there any more, and what that means. */
export function RemovedBody({ at, bytes, days }: { at: string; bytes: number; days: number }) {
  return (
    <Panel title="Body" end={<span className="c3 num">{formatBytes(bytes)}</span>}>
      <p>
        Body and headers were removed <Time at={at} as="day" />: those of events that are done are kept {days}{' '}
        days. What the event became stays; it cannot be replayed.{' '}
        <TextLink to="/settings/webhooks">Settings</TextLink>
      </p>
    </Panel>
  );
}
