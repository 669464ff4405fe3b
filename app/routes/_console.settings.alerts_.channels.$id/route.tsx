import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { getChannel } from '#app/modules/alerts/index.server.ts';
import { CHANNEL_WORDS } from '#app/modules/alerts/schema.ts';
import { requireCan, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { Panel } from '#app/ui/panel.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { orForbidden } from '../_console.settings.accounts/pick.server.ts';
import { ChannelForm } from '../_console.settings.alerts/channel-form.tsx';
import { saveChannelForm } from '../_console.settings.alerts/save-channel.server.ts';

export const meta = () => [{ title: 'Change a channel · Alerts · Leadline' }];

async function find(context: AppLoadContext, id: string | undefined) {
  try {
    return await getChannel(context.ctx, id ?? '');
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') throw new Response(null, { status: 404 });
    throw error;
  }
}

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  orForbidden(() => requireCan(actor, 'manage_settings'));
  return find(context, params.id);
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  await requireUser(request, context);
  const channel = await find(context, params.id);
  return saveChannelForm(request, context, channel.kind, channel.id);
}

export default function ChangeChannel() {
  const { kind, name, hint, addresses, secretHint } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  return (
    <div className="page-body readable pt-4">
      <Panel title={`Change ${name}`} end={CHANNEL_WORDS[kind].label}>
        <ChannelForm
          kind={kind}
          reply={answer?.reply}
          initial={{ name, addresses }}
          stored={kind === 'email' ? null : { url: hint, secret: secretHint }}
          submit="Save"
        />
      </Panel>
    </div>
  );
}
