import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { Send } from 'lucide-react';
import { traceConversion } from '#app/modules/intake/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { readDepsOf } from '#app/modules/outbox/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { CodeBlock } from '#app/ui/code-block.tsx';
import { DetailHead, Section } from '#app/ui/drawer.tsx';
import { type Fact, Facts } from '#app/ui/facts.tsx';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { PostbackStatus } from '../_console.postbacks/status.tsx';
import { TraceSection } from '../_console.postbacks/trace-section.tsx';
import { WhyCallout } from '../_console.postbacks/why-callout.tsx';
import { Story } from './story.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? `Conversion ${data.trace.conversion.externalId}` : 'Conversion'} · Leadline` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireUser(request, context);
  try {
    return { trace: await traceConversion(context.ctx, readDepsOf(context), params.id ?? '') };
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND')
      throw new Response(error.message, { status: 404 });
    throw error;
  }
}

/** Everything about one conversion, in the order in which it happened. */
export default function ConversionPage() {
  const { trace } = useLoaderData<typeof loader>();
  const revalidator = useRevalidator();
  useLive(['postbacks', 'outbox', 'leads', 'refunds'], () => revalidator.revalidate());
  const { conversion, postback } = trace;
  return (
    <div className="page detail">
      <header>
        <DetailHead
          level={1}
          title={
            <>
              Conversion <span className="mono">{conversion.externalId}</span>
            </>
          }
          {...(conversion.revenueCents === null
            ? {}
            : { amount: <Money minor={conversion.revenueCents} currency={conversion.currency ?? 'USD'} /> })}
          {...(postback
            ? {
                action: (
                  <ButtonLink icon={Send} to={`/postbacks/${postback.id}`}>
                    Open postback
                  </ButtonLink>
                ),
              }
            : {})}
          meta={
            <>
              {postback ? (
                <PostbackStatus item={{ ...postback, attempts: postback.attemptsMade }} />
              ) : (
                <StatusBadge meaning="neutral" label="Unattributed" then="nothing is sent" />
              )}
              <span className="what">
                {conversion.network} · reported <Time at={conversion.createdAt} />
              </span>
            </>
          }
        />
      </header>
      <div className="dbody">
        {postback && <WhyCallout postback={postback} />}
        <Section title="What happened" level={2}>
          <Story events={trace.story} links={linksOf(trace)} />
        </Section>
        <TraceSection trace={trace.trace} level={2} />
        <Section title="As it was reported" level={2}>
          <Facts items={reported(trace)} />
          {conversion.metadata !== null && (
            <div className="codebox mt-2">
              <CodeBlock body={conversion.metadata} label="Metadata" />
            </div>
          )}
        </Section>
      </div>
    </div>
  );
}

type Trace = Awaited<ReturnType<typeof traceConversion>>;

/** Where each event leads, by its id. */
function linksOf(trace: Trace): Record<string, string> {
  const links: Record<string, string> = {};
  for (const lead of trace.leads) links[lead.id] = `/leads/${lead.id}`;
  for (const refund of trace.refunds) links[refund.id] = `/refunds?open=${refund.id}`;
  for (const dispute of trace.disputes) links[dispute.id] = `/postbacks/${dispute.id}`;
  for (const attempt of trace.postback?.attempts ?? [])
    links[attempt.id] = `/postbacks/${trace.postback?.id}`;
  for (const capture of trace.captures) links[capture.id] = `/refs?ref=${encodeURIComponent(capture.ref)}`;
  return links;
}

function reported({ conversion }: Trace): Fact[] {
  const facts: (Fact | null)[] = [
    { term: 'Order', value: conversion.externalId, mono: true },
    { term: 'Event', value: conversion.eventType },
    { term: 'Tracking code', value: conversion.ref ?? 'none came with it', mono: conversion.ref !== null },
    conversion.recordType
      ? {
          term: 'Record',
          value: `${conversion.recordType.replaceAll('_', ' ')} ${conversion.recordId}`,
          mono: true,
        }
      : null,
    conversion.campaignId ? { term: 'Campaign', value: conversion.campaignId, mono: true } : null,
    conversion.coupon ? { term: 'Coupon', value: conversion.coupon, mono: true } : null,
    conversion.paymentIds.length > 0
      ? { term: 'Payment ids', value: conversion.paymentIds.join(', '), mono: true, wrap: true }
      : null,
    { term: 'Happened', value: <Time at={conversion.occurredAt} as="full" /> },
    { term: 'Reported', value: <Time at={conversion.createdAt} as="full" /> },
    {
      term: 'Reported by',
      value: conversion.origin === 'wizard' ? 'the wizard, from this console' : 'the API',
    },
    { term: 'Conversion', value: conversion.id, mono: true },
  ];
  return facts.filter((fact) => fact !== null);
}
