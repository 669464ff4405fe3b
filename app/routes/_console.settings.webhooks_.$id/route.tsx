import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { Outlet, useLoaderData, useLocation } from '@remix-run/react';
import { can, requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { changeEndpoint } from '#app/modules/webhooks/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { EndpointState } from '../_console.settings.webhooks/endpoint-columns.tsx';
import { findEndpoint } from '../_console.settings.webhooks/find.server.ts';
import { PROVIDERS } from '../_console.settings.webhooks/provider-words.ts';
import { type SwitchAnswer, SwitchEndpoint } from './switch-endpoint.tsx';

export const meta = () => [{ title: 'A webhook endpoint · Settings · Leadline' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return {
    endpoint: await findEndpoint(context, params.id),
    mayManage: can(actor.role, 'manage_settings'),
  };
}

/** Switches the endpoint on or off. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const enabled = (await request.formData()).get('enabled') === 'true';
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'manage_settings');
    await changeEndpoint(context.ctx, { id: params.id ?? '', change: { enabled }, actor });
    return data<SwitchAnswer>({ enabled });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return data<SwitchAnswer>({ failed: error.message }, { status: error.status });
  }
}

/** Heading and tabs of one endpoint. */
export default function Endpoint() {
  const { endpoint, mayManage } = useLoaderData<typeof loader>();
  const base = `/settings/webhooks/${endpoint.id}`;
  const current = useLocation().pathname.split('/')[4] ?? 'deliveries';
  const tabs = [
    { key: 'deliveries', label: 'Deliveries', to: base },
    { key: 'mapping', label: 'Mapping', to: `${base}/mapping` },
    { key: 'setup', label: 'Address and secret', to: `${base}/setup` },
  ];
  return (
    <div className="page-body pt-4">
      <p>
        <TextLink to="/settings/webhooks">Webhooks</TextLink>
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="semi grow">
          {PROVIDERS[endpoint.source].label} <span className="mono c2">{endpoint.path}</span>
        </h2>
        <EndpointState item={endpoint} />
        {mayManage && <SwitchEndpoint id={endpoint.id} enabled={endpoint.enabled} />}
      </div>
      {endpoint.troubled > 0 && (
        <p className="c2">
          In the last seven days some were not taken: look at the{' '}
          <TextLink to={`${base}?state=failed`}>failed</TextLink> and the{' '}
          <TextLink to={`${base}?state=refused`}>refused</TextLink> ones.
        </p>
      )}
      {endpoint.accountId === null && (
        <Callout meaning="waiting" title="Its events wait.">
          There was no network account when it was made. Choose one under{' '}
          <TextLink to={`${base}/setup`}>Address and secret</TextLink>; what waits is then taken up by itself.
        </Callout>
      )}
      {!endpoint.enabled && (
        <Callout meaning="needs" title="It is off.">
          The provider is answered 404 and sends again later, for some days only. Switch it on before that
          ends.
        </Callout>
      )}
      <Tabs label="This endpoint" items={tabs} current={current} inner />
      <Outlet />
    </div>
  );
}
