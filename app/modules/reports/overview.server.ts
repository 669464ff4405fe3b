import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { type AttentionDeps, readAttention } from './attention.server.ts';
import { readDueLeads } from './due-leads.server.ts';
import { readFunnel } from './funnel.server.ts';
import { readOutcomes } from './outcomes.server.ts';
import { readReleases } from './releases.server.ts';
import { remember } from './remember.server.ts';
import type { Attention, DueLeads, FunnelToday, OutcomeStep, ReleaseDay, Traffic } from './schema.ts';
import { dayEdges, outcomeEdges, startOfDay } from './steps.ts';
import { readFlow } from './traffic.server.ts';

/** Days of the chart, and days ahead of the release calendar. */
const CHART_DAYS = 7;
const CALENDAR_DAYS = 14;
const DUE_KEEP_MS = 2_000;

export interface Overview {
  attention: Attention;
  due: DueLeads;
  traffic: Traffic;
  releases: ReleaseDay[];
  outcomes: OutcomeStep[];
  funnel: FunnelToday;
}

/** All that the overview shows, with days in the viewer's zone. Parts may be some seconds old, the older steps a minute. */
export async function readOverview(
  ctx: Pick<Ctx, 'store' | 'clock'>,
  deps: AttentionDeps,
  input: { zone: string },
): Promise<Overview> {
  const now = nowOf(ctx).getTime();
  const today = startOfDay(now, input.zone);
  const outcomes = await readOutcomes(ctx, outcomeEdges(now, input.zone, CHART_DAYS), now);
  const ofToday = outcomes.filter((step) => Date.parse(step.from) >= today);
  // one after the other: see `inTurn`
  const attention = await readAttention(ctx, deps);
  const due = await remember(ctx.store, 'due', DUE_KEEP_MS, () => readDueLeads(ctx));
  const flow = await readFlow(ctx);
  const releases = await readReleases(ctx, dayEdges(now, input.zone, 0, CALENDAR_DAYS));
  const funnel = await readFunnel(ctx, today, ofToday);
  const total = (pick: (step: OutcomeStep) => number) => ofToday.reduce((sum, step) => sum + pick(step), 0);
  const traffic = {
    ...flow,
    today: funnel.postbacks,
    firstTried: total((step) => step.firstTried),
    firstAccepted: total((step) => step.firstAccepted),
  };
  return { attention, due, traffic, releases, outcomes, funnel };
}
