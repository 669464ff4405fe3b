import { parseWithZod } from '@conform-to/zod/v4';
import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import {
  can,
  changeUser,
  createUser,
  listUsers,
  requireSameOrigin,
  requireUser,
  rolesFor,
  setPassword,
} from '#app/modules/operators/index.server.ts';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { type FormAnswer, refused } from '../_console.settings/refused.server.ts';
import { RoleNote } from '../_console.settings/role-note.tsx';
import { AddPerson } from './add-person.tsx';
import { addPersonSchema, changePersonSchema } from './forms.ts';
import { PeopleList } from './people-list.tsx';

export const meta = () => [{ title: 'People · Settings · Leadline' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user, actor } = await requireUser(request, context);
  return {
    people: await listUsers(context.ctx),
    me: user.id,
    role: actor.role,
    roles: rolesFor('manage_settings'),
    mayManage: can(actor.role, 'manage_settings'),
  };
}

/** Adds somebody, or changes somebody (`intent=change`). */
export async function action({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const form = await request.formData();
  if (form.get('intent') === 'change') return change(request, context, actor, form);
  const submission = parseWithZod(form, { schema: addPersonSchema });
  const hideFields = ['password'];
  if (submission.status !== 'success')
    return data<FormAnswer>({ reply: submission.reply({ hideFields }) }, { status: 422 });
  try {
    requireSameOrigin(request, context.config.publicUrl);
    const person = await createUser(context.ctx, { ...submission.value, actor });
    return data<FormAnswer>({ reply: submission.reply({ resetForm: true }), added: person.name });
  } catch (error) {
    return refused(submission, error, ['name', 'email', 'password', 'role'], hideFields);
  }
}

type Actor = Awaited<ReturnType<typeof requireUser>>['actor'];

async function change(request: Request, context: AppLoadContext, actor: Actor, form: FormData) {
  const submission = parseWithZod(form, { schema: changePersonSchema });
  const hideFields = ['password'];
  if (submission.status !== 'success')
    return data<FormAnswer>({ reply: submission.reply({ hideFields }) }, { status: 422 });
  const { id, email, role, access, password } = submission.value;
  try {
    requireSameOrigin(request, context.config.publicUrl);
    await changeUser(context.ctx, { id, role, banned: access === 'off', actor });
    if (password !== undefined) await setPassword(context.ctx, { email, password, actor });
    return data<FormAnswer>({ reply: submission.reply(), changed: id });
  } catch (error) {
    return refused(submission, error, ['role', 'password'], hideFields);
  }
}

export default function People() {
  const { people, me, role, roles, mayManage } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  return (
    <div className="page-body readable pt-4">
      <PeopleList people={people} me={me} mayManage={mayManage} />
      {mayManage ? (
        <AddPerson reply={answer?.reply} added={answer?.added} />
      ) : (
        <RoleNote doing="Adding and changing people" roles={roles} mine={role} />
      )}
    </div>
  );
}
