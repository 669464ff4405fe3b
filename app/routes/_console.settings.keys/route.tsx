import { parseWithZod } from '@conform-to/zod/v4';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import {
  can,
  createApiKey,
  listApiKeys,
  requireSameOrigin,
  requireUser,
  revokeApiKey,
  rolesFor,
} from '#app/modules/operators/index.server.ts';
import { createApiKeySchema } from '#app/modules/operators/schema.ts';
import { AppError } from '#app/platform/errors.ts';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { useLive } from '#app/ui/use-live.ts';
import { refused } from '../_console.settings/refused.server.ts';
import { RoleNote } from '../_console.settings/role-note.tsx';
import { KeyForm } from './key-form.tsx';
import { KeyList } from './key-list.tsx';

export const meta = () => [{ title: 'API keys · Settings · Leadline' }];
/** A key that was just made stands on this page: nobody keeps a copy of it. */
export const headers = () => ({ 'Cache-Control': 'no-store' });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return {
    keys: await listApiKeys(context.ctx),
    role: actor.role,
    roles: rolesFor('manage_keys'),
    mayManage: can(actor.role, 'manage_keys'),
  };
}

type Answer = { made?: { key: string; name: string }; revoked?: string; failed?: string };

/** Makes a key (the answer holds it, once), or revokes one (`intent=revoke`, `id`). */
export async function action({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const form = await request.formData();
  if (form.get('intent') === 'revoke') {
    try {
      requireSameOrigin(request, context.config.publicUrl);
      const id = String(form.get('id') ?? '');
      await revokeApiKey(context.ctx, { id, actor });
      return data<Answer & { reply?: undefined }>({ revoked: id });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return data<Answer & { reply?: undefined }>({ failed: error.message }, { status: error.status });
    }
  }
  const submission = parseWithZod(form, { schema: createApiKeySchema });
  if (submission.status !== 'success') return data({ reply: submission.reply() }, { status: 422 });
  try {
    requireSameOrigin(request, context.config.publicUrl);
    const { key, item } = await createApiKey(context.ctx, { ...submission.value, actor });
    return data({ reply: submission.reply({ resetForm: true }), made: { key, name: item.name } });
  } catch (error) {
    return refused(submission, error, ['name', 'scopes']);
  }
}

export default function Keys() {
  const { keys, role, roles, mayManage } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  const { revalidate } = useRevalidator();
  useLive(['keys'], revalidate);
  return (
    <div className="page-body readable pt-4">
      {mayManage ? (
        <KeyForm reply={answer?.reply} made={answer && 'made' in answer ? answer.made : undefined} />
      ) : (
        <RoleNote doing="Making and revoking API keys" roles={roles} mine={role} />
      )}
      <KeyList keys={keys} mayManage={mayManage} />
    </div>
  );
}
