import { drawBase58, drawUuid } from '../random.ts';
import { buildCampaign, patchCampaign } from './campaign-setup.ts';
import { ControlError, parseControl } from './control-error.ts';
import {
  AdvertiserInput,
  AgentPatch,
  CampaignInput,
  CampaignPatch,
  EnrollmentInput,
  KeyInput,
  KeyPatch,
  WalletPatch,
} from './control-schemas.ts';
import type { Advertiser, ApiKey, Campaign, Enrollment } from './types.ts';
import type { World } from './world.ts';

function findAdvertiser(world: World, id: string | undefined): Advertiser {
  const found =
    id === undefined ? world.state.advertisers.values().next().value : world.state.advertisers.get(id);
  if (found) return found;
  if (id === undefined) throw new ControlError(409, 'There is no advertiser yet: create one first');
  throw new ControlError(404, `No advertiser ${id}`);
}

function findCampaign(world: World, id: string): Campaign {
  const campaign = world.state.campaigns.get(id);
  if (!campaign) throw new ControlError(404, `No campaign ${id}`);
  return campaign;
}

function freeCode(world: World, wanted: string | undefined): string {
  let code = wanted ?? drawBase58(world.setupRandom);
  while (wanted === undefined && world.state.findCode(code)) code = drawBase58(world.setupRandom);
  if (world.state.findCode(code)) throw new ControlError(409, `Tracking code ${code} is taken`);
  return code;
}

/**
 * What sets the practice network up. Each takes unchecked input, checks it (ControlError 400), and returns a
 * copy of what it made or changed; without `advertiserId` the first advertiser is meant.
 */
export function createSetupVerbs(world: World) {
  const { state } = world;
  return {
    createAdvertiser(input: unknown): Advertiser {
      const { id = drawUuid(world.setupRandom), ...rest } = parseControl(AdvertiserInput, input);
      if (state.advertisers.has(id)) throw new ControlError(409, `Advertiser ${id} exists`);
      state.advertisers.set(id, { id, ...rest });
      return { id, ...rest };
    },

    createKey(input: unknown): ApiKey {
      const asked = parseControl(KeyInput, input);
      const advertiserId = findAdvertiser(world, asked.advertiserId).id;
      const key = asked.key ?? `rgt_live_${drawBase58(world.setupRandom, 32)}`;
      if (state.keys.has(key)) throw new ControlError(409, 'This key exists');
      state.keys.set(key, { key, advertiserId, state: asked.state });
      return { key, advertiserId, state: asked.state };
    },

    patchKey(key: string, input: unknown): ApiKey {
      const patch = parseControl(KeyPatch, input);
      const found = state.keys.get(key);
      if (!found) throw new ControlError(404, 'No such key');
      found.state = patch.state;
      return { ...found };
    },

    createCampaign(input: unknown): Campaign {
      const asked = parseControl(CampaignInput, input);
      const advertiserId = findAdvertiser(world, asked.advertiserId).id;
      const id = asked.id ?? drawUuid(world.setupRandom);
      if (state.campaigns.has(id)) throw new ControlError(409, `Campaign ${id} exists`);
      const testTrackingCode = freeCode(world, asked.testTrackingCode);
      const campaign = buildCampaign({ id, advertiserId, testTrackingCode }, asked, world.clock.now());
      state.addCampaign(campaign);
      return { ...campaign };
    },

    patchCampaign(id: string, input: unknown): Campaign {
      const patch = parseControl(CampaignPatch, input);
      return { ...patchCampaign(findCampaign(world, id), patch, world.clock.now()) };
    },

    createEnrollment(input: unknown): Enrollment {
      const asked = parseControl(EnrollmentInput, input);
      const campaign = findCampaign(world, asked.campaignId);
      const enrollment = {
        trackingCode: freeCode(world, asked.trackingCode),
        campaignId: campaign.id,
        affiliateId: asked.affiliateId ?? drawUuid(world.setupRandom),
        affiliateName: asked.affiliateName,
      };
      state.addEnrollment(campaign, enrollment);
      return { ...enrollment };
    },

    patchWallet(input: unknown): Advertiser {
      const patch = parseControl(WalletPatch, input);
      const advertiser = findAdvertiser(world, patch.advertiserId);
      const balance = patch.availableCents ?? advertiser.availableCents + (patch.addCents ?? 0);
      if (balance < 0) throw new ControlError(400, `addCents would leave a balance of ${balance}`);
      advertiser.availableCents = balance;
      return { ...advertiser };
    },

    patchAgent(input: unknown): Advertiser {
      const { advertiserId, ...patch } = parseControl(AgentPatch, input);
      const advertiser = findAdvertiser(world, advertiserId);
      Object.assign(advertiser, patch);
      return { ...advertiser };
    },
  };
}
