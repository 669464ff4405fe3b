import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { Form, useLoaderData, useNavigation } from '@remix-run/react';
import { campaignName } from '#app/modules/campaigns/campaign-schema.ts';
import { readPolicy } from '#app/modules/disputes/index.server.ts';
import { can, requireUser, rolesFor } from '#app/modules/operators/index.server.ts';
import { Button } from '#app/ui/button.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import { RoleNote } from '../_console.settings/role-note.tsx';
import { findCampaign } from '../_console.settings.refunds/find-campaign.server.ts';
import { isSaving, PolicyForm } from '../_console.settings.refunds/policy-editor.tsx';
import { ORIGIN_WORDS } from '../_console.settings.refunds/policy-words.ts';
import { findAccountRules } from '../_console.settings.refunds/read-accounts.server.ts';
import { RuleSentences } from '../_console.settings.refunds/rule-sentences.tsx';
import { saveFromForm } from '../_console.settings.refunds/save-rules.server.ts';

export const meta = () => [{ title: 'Refund rules of a campaign · Settings · Leadline' }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const { id, name, marginHours } = await findAccountRules(context, params.accountId);
  const campaign = await findCampaign(context, { id, name }, params.campaignId);
  const { networkCampaignId, currency } = campaign;
  return {
    account: { id, name },
    name: campaignName(campaign),
    currency: currency ?? 'USD',
    policy: await readPolicy(context.ctx, { accountId: id, networkCampaignId }),
    marginHours,
    role: actor.role,
    roles: rolesFor('manage_settings'),
    mayManage: can(actor.role, 'manage_settings'),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  await requireUser(request, context);
  const account = await findAccountRules(context, params.accountId);
  const { networkCampaignId } = await findCampaign(context, account, params.campaignId);
  return saveFromForm(request, context, {
    accountId: account.id,
    networkCampaignId,
    back: `/settings/refunds/${encodeURIComponent(account.id)}/campaigns?saved=${encodeURIComponent(networkCampaignId)}`,
  });
}

/** The refund rules of one campaign: its own, or those it follows, to begin own ones with. */
export default function OneCampaignRules() {
  const { account, name, currency, policy, marginHours, role, roles, mayManage } =
    useLoaderData<typeof loader>();
  const answer = useFormAnswer<typeof action>();
  const nav = useNavigation();
  const back = `/settings/refunds/${encodeURIComponent(account.id)}/campaigns`;
  return (
    <div className="page-body pt-4">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-16 semi">Refund rules of {name}</h2>
        <span className="grow" />
        <TextLink to={back}>All campaigns</TextLink>
      </div>
      <p className="c2">
        {policy.own
          ? 'This campaign has rules of its own.'
          : `This campaign follows ${ORIGIN_WORDS[policy.origin]}. Saving gives it rules of its own, which no longer change with them.`}
      </p>
      {mayManage ? (
        <PolicyForm
          reply={answer?.reply}
          rules={policy.rules}
          marginHours={marginHours}
          currency={currency}
          back={back}
        >
          {policy.own && (
            <Form method="post" className="mt-4">
              <input type="hidden" name="intent" value="remove" />
              <Button type="submit" variant="quiet" working={isSaving(nav, 'remove') && 'Taking away'}>
                Follow the account again
              </Button>
            </Form>
          )}
        </PolicyForm>
      ) : (
        <>
          <RoleNote doing="Changing refund rules" roles={roles} mine={role} />
          <Panel title="What happens">
            <RuleSentences rules={policy.rules} marginHours={marginHours} />
          </Panel>
        </>
      )}
    </div>
  );
}
