import { type ActionFunctionArgs, data } from '@remix-run/node';
import {
  addDefaultRules,
  removeChannel,
  removeRule,
  switchChannel,
  switchRule,
  type TestAnswer,
  testChannel,
} from '#app/modules/alerts/index.server.ts';
import { requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { readZone } from '#app/ui/preferences.ts';

/** What a button in the lists answers. `title` is said aloud and shown. */
export interface ActAnswer {
  intent: string;
  id: string;
  done?: { title: string; detail?: string };
  tested?: TestAnswer & { name: string };
  failed?: string;
}

/** Does what `intent` says to `id`: test_channel, switch_channel, remove_channel, switch_rule, remove_rule, defaults. */
export async function alertsAction({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const form = await request.formData();
  const intent = String(form.get('intent') ?? '');
  const id = String(form.get('id') ?? '');
  try {
    requireSameOrigin(request, context.config.publicUrl);
    return data<ActAnswer>({ intent, id, ...(await act()) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return data<ActAnswer>({ intent, id, failed: error.message }, { status: error.status });
  }

  async function act(): Promise<Omit<ActAnswer, 'intent' | 'id'>> {
    const { ctx, alerts } = context;
    const enabled = form.get('enabled') === 'true';
    if (intent === 'test_channel')
      return {
        tested: { ...(await testChannel(ctx, alerts, { id, actor })), name: String(form.get('name') ?? '') },
      };
    if (intent === 'switch_channel')
      return switched(await switchChannel(ctx, { id, enabled, actor }), enabled);
    if (intent === 'switch_rule') return switched(await switchRule(ctx, { id, enabled, actor }), enabled);
    if (intent === 'remove_channel') return removed(await removeChannel(ctx, { id, actor }));
    if (intent === 'remove_rule') return removed(await removeRule(ctx, { id, actor }));
    if (intent !== 'defaults') throw new AppError('VALIDATION_ERROR', 'There is no such action on alerts.');
    const zone = readZone(request.headers.get('cookie'));
    const { added } = await addDefaultRules(ctx, { zone, actor });
    const rules = added === 1 ? '1 rule is added' : `${added} rules are added`;
    return { done: { title: rules, detail: 'They tell what begins from now on.' } };
  }
}

const switched = ({ name }: { name: string }, enabled: boolean) => ({
  done: {
    title: `${name} is ${enabled ? 'on' : 'off'}`,
    detail: enabled ? 'It tells what begins from now on.' : 'Nothing more is told until it is on again.',
  },
});
const removed = ({ name }: { name: string }) => ({ done: { title: `${name} is removed` } });
