import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { requireCan, requireUser } from '#app/modules/operators/index.server.ts';
import { TextLink } from '#app/ui/text-link.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { orForbidden } from '../_console.settings.accounts/pick.server.ts';
import { MarginForm } from '../_console.settings.refunds/margin-form.tsx';
import { PolicyForm } from '../_console.settings.refunds/policy-editor.tsx';
import { findAccountRules } from '../_console.settings.refunds/read-accounts.server.ts';
import { saveFromForm } from '../_console.settings.refunds/save-rules.server.ts';

export const meta = () => [{ title: 'Refund rules of an account · Settings · Leadline' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  orForbidden(() => requireCan(actor, 'manage_settings'));
  return findAccountRules(context, params.accountId);
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  await requireUser(request, context);
  const { id } = await findAccountRules(context, params.accountId);
  return saveFromForm(request, context, {
    accountId: id,
    networkCampaignId: '',
    back: `/settings/refunds?saved=${encodeURIComponent(id)}`,
  });
}

/** The rules that hold for an account where a campaign has none of its own, and its margin. */
export default function AccountRefundRules() {
  const { id, name, policy, marginHours, skew } = useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  return (
    <div className="page-body pt-4">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-16 semi">
          Refund rules of <span className="mono">{name}</span>
        </h2>
        <span className="grow" />
        <TextLink to={`/settings/refunds/${encodeURIComponent(id)}/campaigns`}>Its campaigns</TextLink>
      </div>
      <PolicyForm
        reply={answer?.of === 'rules' ? answer.reply : undefined}
        rules={policy.rules}
        marginHours={marginHours}
        currency="USD"
        back="/settings/refunds"
      />
      <MarginForm
        reply={answer?.of === 'margin' ? answer.reply : undefined}
        hours={marginHours}
        skew={skew}
      />
    </div>
  );
}
