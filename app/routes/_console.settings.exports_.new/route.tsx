import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { can, requireUser, rolesFor } from '#app/modules/operators/index.server.ts';
import { isList } from '#app/modules/scheduled/schema.ts';
import { withoutPlace } from '#app/platform/list-query.ts';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { RoleNote } from '../_console.settings/role-note.tsx';
import { FormPanel } from '../_console.settings.exports/form-panel.tsx';
import { saveScheduleForm, scheduleChoices } from '../_console.settings.exports/save.server.ts';

export const meta = () => [{ title: 'Schedule an export · Settings · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const asked = new URL(request.url).searchParams;
  const list = asked.get('list');
  return {
    ...(await scheduleChoices(request, context, actor)),
    initial: {
      list: isList(list) ? list : ('refunds' as const),
      query: isList(list) ? withoutPlace(asked.get('query') ?? '').toString() : '',
    },
    // a list whose export cannot be scheduled is said, not silently replaced
    unknown: list !== null && !isList(list) ? list.slice(0, 40) : null,
    role: actor.role,
    roles: rolesFor('manage_settings'),
    mayManage: can(actor.role, 'manage_settings'),
  };
}

export const action = ({ request, context }: ActionFunctionArgs) => saveScheduleForm(request, context);

export default function NewSchedule() {
  const { role, roles, mayManage, unknown, ...form } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  return (
    <div className="page-body readable pt-4">
      {unknown !== null && (
        <p className="needs">The list “{unknown}” cannot be scheduled. Choose another one.</p>
      )}
      {mayManage ? (
        <FormPanel
          {...form}
          title="Schedule an export"
          reply={answer?.reply}
          submit="Schedule it"
          cancelTo="/settings/exports"
        />
      ) : (
        <RoleNote doing="Scheduling exports" roles={roles} mine={role} />
      )}
    </div>
  );
}
