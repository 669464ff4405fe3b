import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { can, requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { getEvent, readRetention, replayEvent } from '#app/modules/webhooks/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Tag } from '#app/ui/tag.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { BecameList, EventStateBadge, STATE_CALLOUTS } from '../_console.settings.webhooks/event-words.tsx';
import { findEndpoint, orNotFound } from '../_console.settings.webhooks/find.server.ts';
import { EventFacts, EventHeaders, RawBody, RemovedBody } from './event-parts.tsx';
import { Replay, type ReplayAnswer } from './replay.tsx';

export const meta = () => [{ title: 'A webhook delivery · Settings · Leadline' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const endpoint = await findEndpoint(context, params.id);
  const event = await orNotFound(getEvent(context.ctx, params.eventId ?? ''));
  if (event.endpointId !== endpoint.id) throw new Response(null, { status: 404 });
  return {
    event,
    endpoint: { id: endpoint.id, path: endpoint.path },
    keptDays: await readRetention(context.ctx),
    mayReplay: can(actor.role, 'manage_settings'),
  };
}

/** Processes the event once more. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'manage_settings');
    const deps = { intake: context.intake, disputes: context.wiring.disputes };
    const { state, became, error } = await replayEvent(context.ctx, deps, {
      id: params.eventId ?? '',
      actor,
    });
    return data<ReplayAnswer>({ state, words: error ?? became.map(({ words }) => words).join(' ') });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return data<ReplayAnswer>({ refused: error.message }, { status: error.status });
  }
}

export default function EventPage() {
  const { event, endpoint, keptDays, mayReplay } = useLoaderData<typeof loader>();
  const callout = STATE_CALLOUTS[event.state];
  return (
    <div className="page-body readable pt-4">
      <p>
        <TextLink to={`/settings/webhooks/${endpoint.id}`}>
          Deliveries of <span className="mono">{endpoint.path}</span>
        </TextLink>
      </p>
      <Panel
        title={<span className="mono">{event.type ?? 'A delivery that was not read'}</span>}
        end={
          <>
            {event.testMode && <Tag>test mode</Tag>}
            <EventStateBadge state={event.state} />
          </>
        }
      >
        {callout && event.words !== null && (
          <div className="mb-3">
            <Callout meaning={callout.meaning} title={callout.title}>
              {event.words}
            </Callout>
          </div>
        )}
        <EventFacts event={event} />
        {mayReplay && event.verdict === 'verified' && event.bodyRemovedAt === null && (
          <Replay state={event.state} />
        )}
      </Panel>
      {event.state === 'handled' && (
        <Panel title="What it became">
          <BecameList became={event.became} />
        </Panel>
      )}
      {event.bodyRemovedAt === null ? (
        <>
          <RawBody event={event} />
          <EventHeaders headers={event.headers} />
        </>
      ) : (
        <RemovedBody at={event.bodyRemovedAt} bytes={event.bodyBytes} days={keptDays} />
      )}
    </div>
  );
}
