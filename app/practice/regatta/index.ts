import type { z } from 'zod';
import { listenOnLoopback, stopListening } from '../loopback.ts';
import type { ClockChange, ClockView } from './clock.ts';
import type {
  AdvertiserInput,
  AgentPatch,
  CampaignInput,
  CampaignPatch,
  EnrollmentInput,
  KeyInput,
  KeyPatch,
  LeadFilter,
  LedgerFilter,
  WalletPatch,
} from './control-schemas.ts';
import type { Fault, FaultInput } from './fault-schema.ts';
import { createRegattaServer } from './server.ts';
import type { Advertiser, ApiKey, Campaign, Enrollment } from './types.ts';
import { createVerbs } from './verbs.ts';
import type { LeadView, LedgerView, StateView } from './watch-verbs.ts';
import { createWorld, type WorldOptions } from './world.ts';

export type { ClockChange, ClockView } from './clock.ts';
export { ControlError } from './control-error.ts';
export type { Fault, FaultInput } from './fault-schema.ts';
export type { RawRequest, Tally } from './ledger.ts';
export type { Advertiser, ApiKey, Campaign, Enrollment, HoldState } from './types.ts';
export type { LeadView, LedgerView, StateView } from './watch-verbs.ts';

/** A running practice network. Every method does what the control call of the same name does over HTTP. */
export type PracticeRegatta = {
  /** Where it listens, such as http://127.0.0.1:4801. */
  url: string;
  /** The API's base, for REGATTA_BASE_URL: url + /api/v1. */
  baseUrl: string;
  port: number;
  /** Practice time in milliseconds since 1970. */
  now(): number;
  state(): StateView;
  ledger(filter?: z.input<typeof LedgerFilter>): LedgerView;
  leads(filter?: z.input<typeof LeadFilter>): LeadView[];
  faults(): Fault[];
  /** Replaces the list of faults; an empty one heals the network. */
  setFaults(faults: FaultInput[]): Fault[];
  changeClock(change: ClockChange): ClockView;
  createAdvertiser(input?: z.input<typeof AdvertiserInput>): Advertiser;
  createKey(input?: z.input<typeof KeyInput>): ApiKey;
  patchKey(key: string, input: z.input<typeof KeyPatch>): ApiKey;
  createCampaign(input: z.input<typeof CampaignInput>): Campaign;
  patchCampaign(id: string, input: z.input<typeof CampaignPatch>): Campaign;
  createEnrollment(input: z.input<typeof EnrollmentInput>): Enrollment;
  patchWallet(input: z.input<typeof WalletPatch>): Advertiser;
  patchAgent(input: z.input<typeof AgentPatch>): Advertiser;
  /** Makes a lead older (or younger), so that its holding period ends at another time. */
  backdateLead(input: { leadId: string; acceptedAt: string }): LeadView;
  /** Closes the server and every open connection. */
  stop(): Promise<void>;
};

/** How to start; everything has a default. */
export type PracticeRegattaOptions = WorldOptions & {
  /** 0 (the default) picks a free port. */
  port?: number;
  faults?: FaultInput[];
};

/**
 * Starts an empty practice network on 127.0.0.1 that behaves as Regatta's integration guide says. Fill it
 * with the methods of the handle, or with seedRegatta. Rejects when the port is taken.
 */
export async function startPracticeRegatta(options: PracticeRegattaOptions = {}): Promise<PracticeRegatta> {
  const { port: wantedPort = 0, faults = [], ...worldOptions } = options;
  const world = createWorld(worldOptions);
  const verbs = createVerbs(world);
  verbs.setFaults(faults);
  const server = createRegattaServer(world, verbs);
  const port = await listenOnLoopback(server, wantedPort);
  const url = `http://127.0.0.1:${port}`;
  return {
    ...verbs,
    url,
    baseUrl: `${url}/api/v1`,
    port,
    now: () => world.clock.now(),
    stop: () => stopListening(server),
  };
}
