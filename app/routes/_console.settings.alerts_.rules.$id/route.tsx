import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { getRule } from '#app/modules/alerts/index.server.ts';
import { KIND_WORDS } from '#app/modules/alerts/schema.ts';
import { requireCan, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { Panel } from '#app/ui/panel.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { orForbidden } from '../_console.settings.accounts/pick.server.ts';
import { RuleForm } from '../_console.settings.alerts/rule-form.tsx';
import { ruleChoices, saveRuleForm } from '../_console.settings.alerts/rule-page.server.ts';

export const meta = () => [{ title: 'Change a rule · Alerts · Leadline' }];

async function find(context: AppLoadContext, id: string | undefined) {
  try {
    return await getRule(context.ctx, id ?? '');
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') throw new Response(null, { status: 404 });
    throw error;
  }
}

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  orForbidden(() => requireCan(actor, 'manage_settings'));
  const { kind, values } = await find(context, params.id);
  return { kind, values, ...(await ruleChoices(request, context, values.zone)) };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  await requireUser(request, context);
  const rule = await find(context, params.id);
  return saveRuleForm(request, context, rule.kind, rule.id);
}

export default function ChangeRule() {
  const { kind, values, channels, zones } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  return (
    <div className="page-body readable pt-4">
      <Panel title={`Change ${values.name}`} end={KIND_WORDS[kind].label}>
        <div className="form">
          <p className="c2">{KIND_WORDS[kind].note}</p>
          <RuleForm
            kind={kind}
            reply={answer?.reply}
            initial={values}
            channels={channels}
            zones={zones}
            submit="Save"
          />
        </div>
      </Panel>
    </div>
  );
}
