import type { CaptureItem, CaptureTrace } from '#app/modules/capture/view-schema.ts';
import { ByteTrace, TRACE_ICONS, type TraceRow, TraceVerdict } from '#app/ui/byte-trace.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { Drawer, Section } from '#app/ui/drawer.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { Code } from './code.tsx';
import { OutcomeBadge } from './columns.tsx';

export type OpenRef = { capture: CaptureItem & { network: string }; trace: CaptureTrace };

/** One captured ref and where its visitor's code went from there, layer by layer (RG-06). */
export function RefDrawer({
  open: { capture, trace },
  onClose,
  onPrev,
  onNext,
}: {
  open: OpenRef;
  onClose: () => void;
  onPrev: (() => void) | null;
  onNext: (() => void) | null;
}) {
  const rows = traceRows(capture, trace);
  return (
    <Drawer
      label={`Captured ref ${capture.ref}`}
      onClose={onClose}
      onPrev={onPrev}
      onNext={onNext}
      noun="ref"
      tools={<CopyButton text={capture.ref} label="Copy the tracking code" />}
      title={<Code value={capture.ref} />}
      meta={
        <>
          <OutcomeBadge row={capture} />
          <span className="c3">
            {capture.network}, from the {capture.source === 'browser' ? 'browser' : 'server'}
          </span>
        </>
      }
    >
      {capture.keptRef !== null && (
        <Callout title="The first code stayed.">
          This browser already carried <Code value={capture.keptRef} />. First touch wins, so the affiliate of
          that code keeps the sale.
        </Callout>
      )}
      <Section title="Tracking code, byte by byte" end={<TraceVerdict rows={rows} />}>
        <ByteTrace rows={rows} />
      </Section>
      <WhereNext capture={capture} trace={trace} />
      <Section title="As it arrived">
        <Facts
          items={[
            { term: 'When', value: <Time at={capture.createdAt} as="full" />, wrap: true },
            ...(capture.capturedAt === capture.createdAt
              ? []
              : [
                  { term: 'Seen by the site', value: <Time at={capture.capturedAt} as="full" />, wrap: true },
                ]),
            {
              term: 'Address',
              value: capture.url ?? <span className="c3">not told</span>,
              mono: capture.url !== null,
              wrap: true,
            },
            {
              term: 'Promo',
              value:
                capture.promo === null ? <span className="c3">none</span> : <Code value={capture.promo} />,
            },
            {
              term: 'Visitor',
              value: capture.visitorId ?? <span className="c3">not told</span>,
              mono: capture.visitorId !== null,
            },
            { term: 'Id', value: capture.id, mono: true },
          ]}
        />
      </Section>
    </Drawer>
  );
}

/** Statuses of a postback that has yet to leave: nothing can be seen of it. */
const NOT_SENT: readonly string[] = ['queued', 'parked'];

function traceRows(capture: CaptureItem, trace: CaptureTrace): TraceRow[] {
  const { record, conversion, postback, sentRef } = trace;
  // what the browser holds from then on: the kept code, the value told, or what Leadline itself set
  const cookie =
    capture.keptRef ?? capture.cookieValue ?? (capture.source === 'browser' ? capture.ref : null);
  return [
    {
      key: 'url',
      label: 'URL',
      icon: TRACE_ICONS.url,
      value: capture.ref,
      at: <Time at={capture.createdAt} />,
    },
    { key: 'cookie', label: 'Cookie', icon: TRACE_ICONS.cookie, value: cookie },
    {
      key: 'record',
      label: 'Record',
      sub: record?.type.replace('_', ' '),
      icon: TRACE_ICONS.record,
      value: record?.ref ?? null,
    },
    { key: 'conversion', label: 'Conversion', icon: TRACE_ICONS.conversion, value: conversion?.ref ?? null },
    {
      key: 'body',
      label: 'Body sent',
      icon: TRACE_ICONS.body,
      value: sentRef,
      ...(postback !== null && NOT_SENT.includes(postback.status)
        ? { absent: `not sent yet: ${postback.status}` }
        : {}),
    },
  ];
}

function WhereNext({ capture, trace }: { capture: CaptureItem; trace: CaptureTrace }) {
  const { record, conversion, postback } = trace;
  const seen = (
    <TextLink to={`/refs?ref=${encodeURIComponent(capture.ref)}`}>All captures of this code</TextLink>
  );
  if (record === null) {
    return (
      <Section title="Where it went" end={seen}>
        <p className="c2">
          {capture.visitorId === null
            ? 'The site did not say which visitor this was, so no record can be tied to this visit.'
            : 'This visitor has no record yet. It comes at the sign-up or order.'}
        </p>
      </Section>
    );
  }
  return (
    <Section title="Where it went" end={seen}>
      <Facts
        items={[
          { term: 'Record', value: `${record.type.replace('_', ' ')} ${record.recordId}`, mono: true },
          {
            term: 'Conversion',
            value: conversion ? (
              <TextLink to={`/conversions/${conversion.id}`}>{conversion.externalId}</TextLink>
            ) : (
              'none yet'
            ),
          },
          {
            term: 'Postback',
            value: postback ? (
              <TextLink to={`/postbacks/${postback.id}`}>{postback.status}</TextLink>
            ) : (
              'none yet'
            ),
          },
        ]}
      />
    </Section>
  );
}
