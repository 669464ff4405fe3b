import type { Connector } from '#app/connectors/types.ts';
import { listAudit } from '#app/modules/audit/index.server.ts';
import type { CampaignView } from '#app/modules/campaigns/campaign-schema.ts';
import {
  type CampaignDeps,
  getCampaign,
  landingUrlFault,
  networkLinks,
  withQueryParameter,
} from '#app/modules/campaigns/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { checklistOf } from './checklist.ts';
import type {
  CaptureEvidence,
  ConversionEvidence,
  CookieEvidence,
  Refusal,
  WizardEvidence,
} from './evidence-schema.ts';
import { postbackSeen } from './postback-evidence.server.ts';
import {
  capturesSeen,
  conversionsSeen,
  conversionWithoutCode,
  mutationsSeen,
  recordSeen,
} from './seen.server.ts';

export interface EvidenceDeps extends Pick<CampaignDeps, 'accounts' | 'connectorOf'> {
  /** Seconds between attempts, by account. */
  scheduleOf(accountId: string): Promise<readonly number[]>;
}

/**
 * All that the wizard shows of a campaign, read anew from what arrived since its onboarding began (RG-45): nothing of
 * it is ticked by hand, so that it can be left and taken up at any time. Throws NOT_FOUND.
 */
export async function wizardEvidence(
  ctx: Pick<Ctx, 'store'>,
  deps: EvidenceDeps,
  id: string,
): Promise<WizardEvidence> {
  const campaign = await getCampaign(ctx, deps, id);
  const account = await deps.accounts.byId(campaign.accountId);
  const connector = deps.connectorOf(account);
  const seen = await seenOf(ctx, campaign);
  const { captures, record, tests } = seen;
  const capture = captures.find((one) => one.keptRef === null) ?? captures[0] ?? null;
  const conversion = chosenTest(tests, seen.testIds);
  const sent = conversion?.postbackId
    ? await postbackSeen(ctx, account, connector, await deps.scheduleOf(account.id), conversion.postbackId)
    : null;
  const parameter = connector.captureParameters.find((one) => one.kind === 'ref');
  const cookie = cookieOf(campaign.testTrackingCode, capture);
  return {
    campaign,
    parameter: { query: parameter?.query ?? '', cookie: parameter?.cookie ?? '' },
    links: networkLinks(connector, account.baseUrl, campaign.networkCampaignId),
    listeningSince: campaign.onboardingStartedAt ?? campaign.createdAt,
    testUrl: testUrlOf(campaign, parameter?.query),
    capture,
    cookie,
    record,
    mutations: seen.mutations,
    conversion: conversion && withoutPostback(conversion),
    withoutCode: seen.withoutCode,
    postback: sent?.postback ?? null,
    attempt: sent?.attempt ?? null,
    expectedPayoutCents: connector.expectedPayoutCents(conversion?.revenueCents ?? null, campaign),
    refusal: await lastRefusal(ctx, connector, campaign),
    checklist: checklistOf({
      network: connector.label,
      paths: [...new Set(captures.map((one) => pathOf(one.url)).filter((path) => path !== null))],
      cookie,
      record,
      shopTests: tests.filter((test) => test.origin !== 'wizard'),
      consoleTest: tests.some((test) => test.origin === 'wizard'),
      testRecognised: seen.testIds.size > 0,
      confirmed: campaign.trackingConfirmedAt !== null,
      confirmedBy: campaign.confirmedBy,
      promo: captures.some((one) => one.promo !== null) || record?.promo != null,
    }),
  };
}

/** The landing page with the test code on it; only on an address that a browser may be sent to. */
function testUrlOf(
  { landingUrl, testTrackingCode }: CampaignView,
  parameter: string | undefined,
): string | null {
  if (!landingUrl || !testTrackingCode || !parameter || landingUrlFault(landingUrl) !== null) return null;
  return withQueryParameter(landingUrl, parameter, testTrackingCode);
}

type Test = ConversionEvidence & { postbackId: string | null };

async function seenOf(ctx: Pick<Ctx, 'store'>, campaign: CampaignView) {
  const code = campaign.testTrackingCode;
  const since = new Date(campaign.onboardingStartedAt ?? campaign.createdAt);
  if (code === null) {
    return {
      captures: [],
      record: null,
      tests: [] as Test[],
      mutations: [],
      withoutCode: null,
      testIds: new Set<string>(),
    };
  }
  const watch = { accountId: campaign.accountId, code, since };
  const [captures, record, tests, mutations] = await Promise.all([
    capturesSeen(ctx, watch),
    recordSeen(ctx, watch),
    conversionsSeen(ctx, watch),
    mutationsSeen(ctx, watch),
  ]);
  const landed = captures.at(-1);
  const withoutCode =
    landed && tests.length === 0
      ? await conversionWithoutCode(ctx, campaign.accountId, new Date(landed.at))
      : null;
  const postbackIds = tests.map((test) => test.postbackId).filter((one) => one !== null);
  const recognised = await ctx.store.prisma.outboxMessage.findMany({
    where: { id: { in: postbackIds }, status: 'test' },
    select: { id: true },
  });
  return {
    captures,
    record,
    tests,
    mutations,
    withoutCode,
    testIds: new Set(recognised.map((row) => row.id)),
  };
}

/** The test to show: one of the site's own that the network recognised, else the newest. */
function chosenTest(tests: readonly Test[], recognised: ReadonlySet<string>): Test | null {
  const own = tests.find(
    (test) => test.origin !== 'wizard' && test.postbackId !== null && recognised.has(test.postbackId),
  );
  return own ?? tests[0] ?? null;
}

function withoutPostback({ postbackId: _, ...conversion }: Test): ConversionEvidence {
  return conversion;
}

/** What is known of the visitor's cookie (RG-02, RG-03). */
function cookieOf(code: string | null, capture: CaptureEvidence | null): CookieEvidence {
  if (capture === null || code === null) return null;
  if (capture.keptRef !== null || (capture.cookieValue !== null && capture.cookieValue !== code))
    return 'other';
  if (capture.source === 'browser') return 'set';
  return capture.cookieValue === code ? 'equal' : 'untold';
}

const pathOf = (url: string | null): string | null =>
  url !== null && URL.canParse(url) ? new URL(url).pathname : null;

/** Why the network would not activate it, if that is how things stand (RG-47). Kept in the audit. */
async function lastRefusal(
  ctx: Pick<Ctx, 'store'>,
  connector: Connector,
  campaign: CampaignView,
): Promise<Refusal | null> {
  const { items } = await listAudit(ctx, { subjectType: 'campaign', subjectId: campaign.id, limit: 20 });
  const entry = items.find((item) => item.action.startsWith('campaign_activat'));
  if (entry?.action !== 'campaign_activation_refused') return null;
  const code = textOf(entry.detail?.errorCode);
  const words = textOf(entry.detail?.errorMessage);
  const explained = connector.explain(code ?? 'UNEXPECTED_STATUS', words, {
    networkCampaignId: campaign.networkCampaignId,
    httpStatus: typeof entry.detail?.httpStatus === 'number' ? entry.detail.httpStatus : null,
    call: 'activate',
  });
  return {
    at: entry.createdAt,
    words,
    code,
    title: explained.title,
    meaning: explained.meaning,
    whatToDo: explained.whatToDo,
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
