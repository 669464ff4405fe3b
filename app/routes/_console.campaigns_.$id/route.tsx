import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { type MetaFunction, useLoaderData, useRevalidator } from '@remix-run/react';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { campaignName } from '#app/modules/campaigns/campaign-schema.ts';
import {
  activateCampaign,
  campaignFigures,
  getCampaign,
  networkLinks,
  syncCampaign,
} from '#app/modules/campaigns/index.server.ts';
import { campaignActivity } from '#app/modules/onboarding/index.server.ts';
import { can, requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { listBreakers } from '#app/modules/triage/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { useLive } from '#app/ui/use-live.ts';
import { HeldBand } from '../_console.issues/held-band.tsx';
import { ActivityPanels } from './activity-panels.tsx';
import { AuditPanel } from './audit-panel.tsx';
import { FactsPanel } from './facts-panel.tsx';
import { Head } from './head.tsx';
import { TrackingPanel } from './tracking-panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page ? campaignName(page.campaign) : 'Campaign'} · Leadline` },
];

/** One campaign: what the network told, what was proven, what goes on. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const { ctx, wiring } = context;
  const campaign = await getCampaign(ctx, wiring.campaigns, params.id ?? '').catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'NOT_FOUND')
      throw new Response(error.message, { status: 404, statusText: 'Not Found' });
    throw error;
  });
  const account = await context.accounts.byId(campaign.accountId);
  const connector = wiring.connectorOf(account);
  const [figures, activity, held, audit] = await Promise.all([
    campaignFigures(ctx, [campaign]),
    campaignActivity(ctx, campaign),
    listBreakers(ctx, { open: true }),
    listAudit(ctx, { subjectType: 'campaign', subjectId: campaign.id, limit: 20 }),
  ]);
  return {
    campaign,
    figures: figures[campaign.id] ?? null,
    activity,
    audit: audit.items.map(({ id, actorName, action, detail, createdAt }) => ({
      id,
      actorName,
      action,
      said: saidIn(detail),
      createdAt,
    })),
    links: networkLinks(connector, account.baseUrl, campaign.networkCampaignId),
    held: held.filter(
      (breaker) =>
        breaker.accountId === campaign.accountId &&
        (breaker.scope === 'account' || breaker.networkCampaignId === campaign.networkCampaignId),
    ),
    activates: connector.capabilities.activation,
    mayManage: can(actor.role, 'manage_campaigns'),
    mayTriage: can(actor.role, 'triage'),
  };
}

/** The words of the network in an audit entry, if it kept any. */
const saidIn = (detail: Record<string, unknown> | null): string | null =>
  typeof detail?.errorMessage === 'string'
    ? detail.errorMessage
    : typeof detail?.landingUrl === 'string'
      ? detail.landingUrl
      : null;

/** Syncs or activates; a refusal comes back in the network's own words. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const intent = String((await request.formData()).get('intent'));
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'manage_campaigns');
    const { ctx, wiring } = context;
    const { id } = await getCampaign(ctx, wiring.campaigns, params.id ?? '');
    if (intent === 'sync') await syncCampaign(ctx, wiring.campaigns, { id });
    else if (intent === 'activate') await activateCampaign(ctx, wiring.campaigns, { id, actor });
    else throw new AppError('VALIDATION_ERROR', 'This page knows no such action. Reload it and try again.');
    return { intent, error: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return data({ intent, error: { code: error.code, message: error.message } }, { status: error.status });
  }
}

export default function Campaign() {
  const page = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['campaigns', 'leads', 'postbacks', 'breakers', 'issues'], revalidate, 2_000);
  const { campaign, mayManage, mayTriage, activates, links, held } = page;
  return (
    <div className="page detail">
      <Head
        campaign={campaign}
        mayManage={mayManage}
        mayPause={mayTriage && !held.some(({ reason, scope }) => reason === 'paused' && scope === 'campaign')}
        activates={activates}
      />
      <div className="dbody">
        {held.map((breaker) => (
          <HeldBand key={breaker.id} breaker={breaker} mayTriage={mayTriage} />
        ))}
        <div className="two-up">
          <FactsPanel campaign={campaign} links={links} mayManage={mayManage} />
          <TrackingPanel campaign={campaign} />
        </div>
        <div className="two-up">
          <ActivityPanels campaign={campaign} figures={page.figures} activity={page.activity} links={links} />
        </div>
        <AuditPanel items={page.audit} />
      </div>
    </div>
  );
}
