import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { BellPlus } from 'lucide-react';
import { listRules } from '#app/modules/alerts/index.server.ts';
import { KIND_WORDS, RULE_KINDS, type RuleKind } from '#app/modules/alerts/schema.ts';
import { requireCan, requireUser } from '#app/modules/operators/index.server.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { orForbidden } from '../_console.settings.accounts/pick.server.ts';
import { RuleForm } from '../_console.settings.alerts/rule-form.tsx';
import { ruleChoices, saveRuleForm } from '../_console.settings.alerts/rule-page.server.ts';

export const meta = () => [{ title: 'Add a rule · Alerts · Leadline' }];

const kindOf = (request: Request): RuleKind | null => {
  const asked = new URL(request.url).searchParams.get('kind');
  return RULE_KINDS.find((kind) => kind === asked) ?? null;
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  orForbidden(() => requireCan(actor, 'manage_settings'));
  const kind = kindOf(request);
  const choices = await ruleChoices(request, context);
  const taken = kind === null ? [] : (await listRules(context.ctx, context.alerts)).map(({ name }) => name);
  const label = kind === null ? '' : KIND_WORDS[kind].label;
  return { kind, ...choices, name: taken.includes(label) ? '' : label };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const kind = kindOf(request);
  if (kind === null) throw new Response(null, { status: 404 });
  return saveRuleForm(request, context, kind);
}

export default function NewRule() {
  const { kind, name, channels, zones } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  return (
    <div className="page-body readable pt-4">
      {channels.length === 0 ? (
        <section className="panel">
          <EmptyState
            kind="empty"
            icon={BellPlus}
            title="Nobody could be told"
            actions={
              <ButtonLink to="/settings/alerts/channels/new" variant="primary">
                Add a channel
              </ButtonLink>
            }
          >
            A rule tells channels. Add one first: email, Slack, or a webhook.
          </EmptyState>
        </section>
      ) : kind === null ? (
        <Panel title="What shall it watch?">
          <Kinds />
        </Panel>
      ) : (
        <Panel title={`Add a rule: ${KIND_WORDS[kind].label}`}>
          <div className="form">
            <p className="c2">{KIND_WORDS[kind].note}</p>
            <RuleForm
              kind={kind}
              reply={answer?.reply}
              initial={{ ...BLANK, name, channelIds: channels.filter((c) => c.enabled).map(({ id }) => id) }}
              channels={channels}
              zones={zones}
              submit="Add the rule"
            />
          </div>
        </Panel>
      )}
    </div>
  );
}

const BLANK = {
  urgent: false,
  quietHours: null,
  zone: null,
  minUnpaid: '',
  limits: '',
  hours: '24',
  minCount: '',
  minMoney: '',
  pauses: false,
};

/** What a rule can watch, each a link to its form. */
function Kinds() {
  return (
    <ul className="prose-block">
      {RULE_KINDS.map((kind) => (
        <li key={kind}>
          <Link className="link" to={`?kind=${kind}`}>
            {KIND_WORDS[kind].label}
          </Link>
          <p className="c2">{KIND_WORDS[kind].note}</p>
        </li>
      ))}
    </ul>
  );
}
