import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { NO_MAIL } from '#app/modules/alerts/index.server.ts';
import { CHANNEL_KINDS, CHANNEL_WORDS, type ChannelKind } from '#app/modules/alerts/schema.ts';
import { requireCan, requireUser } from '#app/modules/operators/index.server.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Segmented } from '#app/ui/segmented.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { orForbidden } from '../_console.settings.accounts/pick.server.ts';
import { ChannelForm } from '../_console.settings.alerts/channel-form.tsx';
import { NewSecret } from '../_console.settings.alerts/new-secret.tsx';
import { type MadeSecret, saveChannelForm } from '../_console.settings.alerts/save-channel.server.ts';

export const meta = () => [{ title: 'Add a channel · Alerts · Leadline' }];
/** A secret that was just made stands on this page: nobody keeps a copy of it. */
export const headers = () => ({ 'Cache-Control': 'no-store' });

const kindOf = (request: Request): ChannelKind => {
  const asked = new URL(request.url).searchParams.get('kind');
  return CHANNEL_KINDS.find((kind) => kind === asked) ?? 'email';
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  orForbidden(() => requireCan(actor, 'manage_settings'));
  return { kind: kindOf(request), noMail: context.alerts.mailer === null ? NO_MAIL : null };
}

export async function action({ request, context }: ActionFunctionArgs) {
  return saveChannelForm(request, context, kindOf(request));
}

const CHOICE = CHANNEL_KINDS.map((kind) => ({
  value: kind,
  label: CHANNEL_WORDS[kind].label,
  to: `?kind=${kind}`,
}));

export default function NewChannel() {
  const { kind, noMail } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  const made = answer && 'made' in answer ? (answer.made as MadeSecret) : undefined;
  if (made)
    return (
      <div className="page-body readable pt-4">
        <NewSecret id={made.id} name={made.name} secret={made.secret} />
      </div>
    );
  return (
    <div className="page-body readable pt-4">
      <Panel title="Add a channel" end={<Segmented label="Kind" value={kind} options={CHOICE} small />}>
        <div className="form">
          <p className="c2">{CHANNEL_WORDS[kind].note}</p>
          {kind === 'email' && noMail !== null && (
            <Callout meaning="needs" title="Email does not leave yet.">
              {noMail} You can add the channel now.
            </Callout>
          )}
          <ChannelForm
            key={kind}
            kind={kind}
            reply={answer?.reply}
            initial={{ name: '', addresses: '' }}
            stored={null}
            submit="Add the channel"
          />
        </div>
      </Panel>
    </div>
  );
}
