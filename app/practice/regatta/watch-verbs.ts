import { z } from 'zod';
import type { ClockView } from './clock.ts';
import { ControlError, parseControl } from './control-error.ts';
import { BackdateInput, ClockInput, LeadFilter, LedgerFilter } from './control-schemas.ts';
import { holdState, releaseTime } from './disputes.ts';
import { type Fault, FaultSchema } from './fault-schema.ts';
import type { RawRequest, Tally } from './ledger.ts';
import type { Advertiser, ApiKey, Campaign, Enrollment, HoldState, Lead, Route } from './types.ts';
import type { World } from './world.ts';

/** A lead with what follows from the clock; times in ISO. */
export type LeadView = Omit<Lead, 'acceptedAt' | 'disputedAt'> & {
  acceptedAt: string;
  releasesAt: string;
  holdState: HoldState;
  disputedAt: string | null;
};

/** Everything but the leads and the requests. */
export type StateView = {
  clock: ClockView;
  advertisers: Advertiser[];
  keys: ApiKey[];
  campaigns: Campaign[];
  enrollments: Enrollment[];
  leads: number;
  faults: Fault[];
};

/** Exact counts, the leads of one externalId (none without one), and the latest whole requests. */
export type LedgerView = {
  externalId: string | null;
  externalIds: number;
  tally: Tally;
  byRoute: Record<Route, number>;
  leads: LeadView[];
  requests: RawRequest[];
};

function showLead(lead: Lead, now: number): LeadView {
  return {
    ...lead,
    acceptedAt: new Date(lead.acceptedAt).toISOString(),
    releasesAt: new Date(releaseTime(lead)).toISOString(),
    holdState: holdState(lead, now),
    disputedAt: lead.disputedAt === null ? null : new Date(lead.disputedAt).toISOString(),
  };
}

function findLeads(world: World, filter: z.output<typeof LeadFilter>): Lead[] {
  const { campaignId, externalId, limit } = filter;
  const pool = externalId === undefined ? world.state.leads.values() : world.state.leadsOf(externalId);
  const found: Lead[] = [];
  for (const lead of pool) {
    if (campaignId !== undefined && lead.campaignId !== campaignId) continue;
    if (found.push(lead) === limit) break;
  }
  return found;
}

/** What looks at the practice network, breaks it and moves its time. Input is checked (ControlError 400). */
export function createWatchVerbs(world: World) {
  const { state, ledger, clock, faults } = world;
  return {
    state(): StateView {
      return {
        clock: clock.view(),
        advertisers: [...state.advertisers.values()].map((one) => ({ ...one })),
        keys: [...state.keys.values()].map((one) => ({ ...one })),
        campaigns: [...state.campaigns.values()].map((one) => ({ ...one })),
        enrollments: state.enrollments(),
        leads: state.leads.size,
        faults: faults.list(),
      };
    },

    ledger(filter?: unknown): LedgerView {
      const { externalId, limit } = parseControl(LedgerFilter, filter);
      const now = clock.now();
      return {
        externalId: externalId ?? null,
        externalIds: ledger.externalIds,
        tally: externalId === undefined ? { ...ledger.total } : ledger.tallyOf(externalId),
        byRoute: { ...ledger.byRoute },
        leads: externalId === undefined ? [] : state.leadsOf(externalId).map((lead) => showLead(lead, now)),
        requests: limit === 0 ? [] : ledger.requests(externalId, limit),
      };
    },

    leads(filter?: unknown): LeadView[] {
      const now = clock.now();
      return findLeads(world, parseControl(LeadFilter, filter)).map((lead) => showLead(lead, now));
    },

    faults(): Fault[] {
      return faults.list();
    },

    setFaults(list: unknown): Fault[] {
      faults.replace(parseControl(z.array(FaultSchema), list));
      return faults.list();
    },

    changeClock(change: unknown): ClockView {
      return clock.change(parseControl(ClockInput, change));
    },

    backdateLead(input: unknown): LeadView {
      const { leadId, acceptedAt } = parseControl(BackdateInput, input);
      const lead = state.leads.get(leadId);
      if (!lead) throw new ControlError(404, `No lead ${leadId}`);
      lead.acceptedAt = Date.parse(acceptedAt);
      return showLead(lead, clock.now());
    },
  };
}
