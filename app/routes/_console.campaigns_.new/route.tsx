import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { type MetaFunction, useLoaderData, useRevalidator } from '@remix-run/react';
import { campaignName } from '#app/modules/campaigns/campaign-schema.ts';
import { listCampaigns } from '#app/modules/campaigns/index.server.ts';
import { wizardEvidence } from '#app/modules/onboarding/index.server.ts';
import { provenSteps, STEPS, type StepNumber, stepHref, stepToShow } from '#app/modules/onboarding/policy.ts';
import { can, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { Stepper } from '#app/ui/stepper.tsx';
import { useLive } from '#app/ui/use-live.ts';
import { WizardFrame } from '#app/ui/wizard-frame.tsx';
import { Aside } from './aside.tsx';
import { runIntent } from './intents.server.ts';
import { Back, StepActions } from './step-actions.tsx';
import { StepActivate } from './step-activate.tsx';
import { StepCheck } from './step-check.tsx';
import { StepChoose } from './step-choose.tsx';
import { StepConvert } from './step-convert.tsx';
import { StepLand } from './step-land.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.evidence ? campaignName(page.evidence.campaign) : 'New campaign'} · Leadline` },
];

/** Where the wizard stands: read anew from the evidence each time, so that it can be left at any point. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const { searchParams } = new URL(request.url);
  const asked = searchParams.get('campaign');
  const { ctx, wiring, scheduleOf } = context;
  const evidence = asked
    ? await wizardEvidence(ctx, { ...wiring.campaigns, scheduleOf }, asked).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'NOT_FOUND')
          throw new Response(error.message, { status: 404, statusText: 'Not Found' });
        throw error;
      })
    : null;
  const accounts = (await context.accounts.all()).filter(
    (account) => wiring.connectorOf(account).campaigns !== null,
  );
  const known = evidence ? [] : (await listCampaigns(ctx, wiring.campaigns, { limit: 50 })).items;
  return {
    evidence,
    step: stepToShow(searchParams.get('step'), evidence),
    accounts: accounts.map((account) => ({ name: account.name, label: wiring.connectorOf(account).label })),
    known: known.filter(
      (campaign) => campaign.status?.toUpperCase() !== 'ACTIVE' || campaign.trackingConfirmedAt === null,
    ),
    mayManage: can(actor.role, 'manage_campaigns'),
  };
}

/** Runs what a step asks for; a refusal comes back beside the thing acted on. */
export const action = (args: ActionFunctionArgs) => runIntent(args);

export default function Wizard() {
  const { evidence, step, accounts, known, mayManage } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useLive(['captures', 'conversions', 'postbacks', 'outbox', 'campaigns'], revalidate, 500);
  const title = evidence ? campaignName(evidence.campaign) : 'New campaign';
  return (
    <WizardFrame
      crumbs={[
        { label: 'Campaigns', to: '/campaigns' },
        ...(evidence
          ? [{ label: title, to: `/campaigns/${evidence.campaign.id}` }, { label: 'Confirm tracking' }]
          : [{ label: 'New' }]),
      ]}
      title={title}
      sub={
        evidence ? `${evidence.campaign.networkLabel}, confirm tracking` : 'Confirm tracking in five steps'
      }
      stepper={<Stepper label="Steps of confirming tracking" steps={stepsOf(evidence, step)} />}
      aside={<Aside evidence={evidence} step={step} mayManage={mayManage} />}
      back={<Back evidence={evidence} step={step} />}
      note={evidence && 'Saved. Leave whenever you like; the lights go on without you.'}
      actions={<StepActions evidence={evidence} step={step} mayManage={mayManage} />}
    >
      {step === 1 && (
        <StepChoose evidence={evidence} accounts={accounts} known={known} mayManage={mayManage} />
      )}
      {evidence && step === 2 && (
        <StepLand key={evidence.campaign.id} evidence={evidence} mayManage={mayManage} />
      )}
      {evidence && step === 3 && <StepConvert evidence={evidence} />}
      {evidence && step === 4 && <StepCheck evidence={evidence} />}
      {evidence && step === 5 && <StepActivate evidence={evidence} />}
    </WizardFrame>
  );
}

function stepsOf(evidence: Parameters<typeof provenSteps>[0], now: StepNumber) {
  const proven = provenSteps(evidence);
  return STEPS.map((label, i) => {
    const step = (i + 1) as StepNumber;
    // Check is done by being read: on the way to Activate it counts
    const done = proven[step] || (step === 4 && now === 5 && proven[3]);
    const state = step === now ? ('now' as const) : done ? ('done' as const) : ('todo' as const);
    return {
      label,
      state,
      ...(evidence && step !== now ? { to: stepHref(evidence.campaign.id, step) } : {}),
    };
  });
}
