import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listAccounts } from '#app/modules/campaigns/index.server.ts';
import { can, requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { changeEndpoint, rotateEndpointSecret } from '#app/modules/webhooks/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { Panel } from '#app/ui/panel.tsx';
import { findEndpoint } from '../_console.settings.webhooks/find.server.ts';
import { EndpointAddress, EventsToSwitchOn } from '../_console.settings.webhooks/setup-steps.tsx';
import { ChooseAccount } from './choose-account.tsx';
import { RotateSecret, SecretList } from './secrets.tsx';
import type { SetupAnswer } from './use-setup.ts';

export const meta = () => [{ title: 'Address and secret of a webhook endpoint · Settings · Leadline' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const endpoint = await findEndpoint(context, params.id);
  return {
    endpoint,
    url: context.config.publicUrl + endpoint.path,
    accounts: (await listAccounts(context.ctx)).map(({ id, name }) => ({ id, name })),
    mayManage: can(actor.role, 'manage_settings'),
  };
}

const HOUR_MS = 3_600_000;

/** `intent=rotate` takes a new secret (`secret`, `overlapHours`), `intent=account` another account (`accountId`). */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const form = await request.formData();
  const intent = String(form.get('intent') ?? '');
  const id = params.id ?? '';
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'manage_settings');
    if (intent === 'rotate') {
      const overlapMs = Math.round(Number(form.get('overlapHours') ?? 24) * HOUR_MS);
      const secret = String(form.get('secret') ?? '');
      await rotateEndpointSecret(context.ctx, { id, secret, overlapMs: overlapMs || 0, actor });
    } else if (intent === 'account') {
      const accountId = String(form.get('accountId') ?? '');
      await changeEndpoint(context.ctx, { id, change: { accountId }, actor });
    } else throw new AppError('VALIDATION_ERROR', 'There is no such action on an endpoint.');
    return data<SetupAnswer>({ intent });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return data<SetupAnswer>(
      { intent, failed: error.details?.[0]?.message ?? error.message },
      { status: error.status },
    );
  }
}

/** Where the provider sends, which events to switch on there, and the secret that proves who sent them. */
export default function Setup() {
  const { endpoint, url, accounts, mayManage } = useLoaderData<typeof loader>();
  const { source, secrets } = endpoint;
  const fromEnv = endpoint.origin === 'env';
  return (
    <div className="flex flex-col gap-4 max-w-[800px]">
      <Panel title="Address">
        <EndpointAddress source={source} url={url} />
      </Panel>
      <Panel title="Events to switch on there">
        <EventsToSwitchOn source={source} />
      </Panel>
      <Panel title="Signing secret" end={secrets.length > 1 ? 'two are valid now' : undefined}>
        <SecretList secrets={secrets} />
        {fromEnv ? (
          <p className="c2 mt-3">
            It follows <span className="mono">{source.toUpperCase()}_WEBHOOK_SECRET</span> of the environment:
            change it there and start Leadline again. The old one counts for a day more.
          </p>
        ) : (
          mayManage && <RotateSecret source={source} />
        )}
      </Panel>
      <Panel title="Reports to">
        <ChooseAccount accounts={accounts} accountId={endpoint.accountId} mayManage={mayManage} />
      </Panel>
    </div>
  );
}
