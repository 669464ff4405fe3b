import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { requireCan, requireUser } from '#app/modules/operators/index.server.ts';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { orForbidden } from '../_console.settings.accounts/pick.server.ts';
import { FormPanel } from '../_console.settings.exports/form-panel.tsx';
import { findSchedule, saveScheduleForm, scheduleChoices } from '../_console.settings.exports/save.server.ts';

export const meta = () => [{ title: 'Change a scheduled export · Settings · Leadline' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  orForbidden(() => requireCan(actor, 'manage_settings'));
  const schedule = await findSchedule(context, params.id);
  const { id, name, list, view, query, channel, every, day, hour, zone } = schedule;
  const choices = await scheduleChoices(request, context, actor, zone);
  // a view that the reader does not see cannot be kept: they choose anew
  const seen = view !== null && choices.views.some((one) => one.id === view.id);
  return {
    ...choices,
    id,
    title: `Change ${name}`,
    initial: {
      name,
      list,
      query: view === null ? query : '',
      ...(seen ? { viewId: view.id } : {}),
      ...(channel ? { channelId: channel.id } : {}),
      every,
      hour: String(hour),
      zone,
      ...(every === 'week' ? { weekday: String(day) } : { monthday: String(day) }),
    },
  };
}

export const action = ({ request, context, params }: ActionFunctionArgs) =>
  saveScheduleForm(request, context, params.id);

export default function ChangeSchedule() {
  const { id, ...form } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  return (
    <div className="page-body readable pt-4">
      <FormPanel {...form} reply={answer?.reply} submit="Save" cancelTo={`/settings/exports/${id}`} />
    </div>
  );
}
