import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useRevalidator } from '@remix-run/react';
import { RotateCw } from 'lucide-react';
import { useEffect } from 'react';
import { getDelivery, resendAlert } from '#app/modules/alerts/index.server.ts';
import { CHANNEL_WORDS } from '#app/modules/alerts/schema.ts';
import type { DeliveryDetail } from '#app/modules/alerts/view-schema.ts';
import { can, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { notify } from '#app/ui/toast.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { DeliveryState } from '../_console.settings.alerts_.deliveries/delivery-state.tsx';
import { ToldAlert } from './told-alert.tsx';

export const meta = () => [{ title: 'An alert · Settings · Leadline' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  try {
    const delivery = await getDelivery(context.ctx, params.id ?? '');
    return { delivery, mayManage: can(actor.role, 'manage_settings') };
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') throw new Response(null, { status: 404 });
    throw error;
  }
}

/** Sends it again. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  try {
    requireSameOrigin(request, context.config.publicUrl);
    await resendAlert(context.ctx, { id: params.id ?? '', actor });
    return data<Answer>({ queued: true });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return data<Answer>({ failed: error.message }, { status: error.status });
  }
}
type Answer = { queued?: true; failed?: string };

export default function Delivery() {
  const { delivery, mayManage } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['alerts'], revalidate);
  const { status, lastError, alerts, more } = delivery;
  return (
    <div className="page-body readable pt-4">
      <p>
        <TextLink to="/settings/alerts/deliveries">Log of alerts</TextLink>
      </p>
      <Panel title={delivery.title} end={<DeliveryState item={delivery} />}>
        {lastError !== null && (
          <div className="mb-3">
            <Callout
              meaning={status === 'sent' ? 'needs' : status === 'failed' ? 'lost' : 'waiting'}
              title={status === 'sent' ? 'It was taken, but:' : 'It did not arrive.'}
            >
              {lastError}
            </Callout>
          </div>
        )}
        <DeliveryFacts delivery={delivery} />
        {mayManage && (status === 'failed' || status === 'sent') && <Resend sent={status === 'sent'} />}
      </Panel>
      <Panel title={alerts.length === 1 ? 'What it tells' : `What it tells: ${alerts.length + more} alerts`}>
        <ol className="prose-block">
          {alerts.map((alert) => (
            <ToldAlert key={`${alert.subject} ${alert.transition} ${alert.at}`} alert={alert} />
          ))}
        </ol>
        {more > 0 && <p className="c3 mt-3">And {more} more that are not kept.</p>}
      </Panel>
    </div>
  );
}

function DeliveryFacts({ delivery }: { delivery: DeliveryDetail }) {
  const { channel, ruleName, responseStatus, attempts } = delivery;
  return (
    <Facts
      items={[
        {
          term: 'Channel',
          value: channel ? `${channel.name} (${CHANNEL_WORDS[channel.kind].label})` : 'removed',
        },
        ...(ruleName === null ? [] : [{ term: 'Rule', value: ruleName, wrap: true }]),
        { term: 'Noticed', value: <Time at={delivery.createdAt} as="full" />, wrap: true },
        ...(delivery.sentAt === null
          ? []
          : [{ term: 'Taken', value: <Time at={delivery.sentAt} as="full" />, wrap: true }]),
        { term: 'Answer', value: responseStatus ?? 'none' },
        { term: 'Attempts', value: attempts },
        { term: 'Delivery id', value: delivery.id, mono: true, wrap: true },
      ]}
    />
  );
}

function Resend({ sent }: { sent: boolean }) {
  const fetcher = useFetcher<Answer>();
  const { data: answer, state } = fetcher;
  useEffect(() => {
    if (state !== 'idle' || !answer) return;
    if (answer.failed !== undefined)
      notify({ meaning: 'lost', title: 'Not sent again', detail: answer.failed });
    else notify({ meaning: 'good', title: 'It is sent again', detail: 'Its answer appears here.' });
  }, [state, answer]);
  return (
    <fetcher.Form method="post" className="form-acts mt-4">
      <Button
        type="submit"
        icon={RotateCw}
        variant={sent ? 'default' : 'primary'}
        working={state !== 'idle' && 'Asking'}
      >
        Send again
      </Button>
      {sent && <span className="c3 text-12">It was taken already: whoever reads it is told twice.</span>}
    </fetcher.Form>
  );
}
