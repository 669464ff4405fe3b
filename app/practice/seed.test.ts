import { expect, test } from 'vitest';
import { startPracticeRegatta } from './regatta/index.ts';
import { type RegattaSeed, seedRegatta } from './seed.ts';

async function seedOnce(seed?: number): Promise<RegattaSeed> {
  const regatta = await startPracticeRegatta({ realNow: () => 0, ...(seed === undefined ? {} : { seed }) });
  try {
    return seedRegatta(regatta);
  } finally {
    await regatta.stop();
  }
}

test('RG-44 the default seed is the same every time, another seed is another world', async () => {
  const first = await seedOnce();
  expect(await seedOnce()).toEqual(first);
  const other = await seedOnce(2);
  expect(other.apiKey).not.toBe(first.apiKey);
  expect(other.campaigns.springStarter.id).not.toBe(first.campaigns.springStarter.id);
});

test('RG-10 RG-22 RG-33 it has the five campaigns of the demo and a dozen enrolled affiliates', async () => {
  const { campaigns, enrollments, apiKey, advertiser } = await seedOnce();
  const shape = Object.values(campaigns).map((one) => [
    one.name,
    one.compensationModel,
    one.payoutPerUnitCents ?? one.payoutPercentage,
    one.holdingPeriodDays,
    one.status,
    one.trackingConfirmedAt !== null,
  ]);
  expect(shape).toEqual([
    ['Spring Starter', 'CPA', 1000, 30, 'ACTIVE', true],
    ['Annual Plan 20 %', 'REV_SHARE', 20, 30, 'ACTIVE', true],
    ['Gift Card Push', 'CPA', 600, 14, 'ACTIVE', true],
    ['Refill Club', 'CPL', 250, 0, 'ACTIVE', true],
    ['Autumn Refill', 'CPA', 1000, 30, 'DRAFT', false],
  ]);
  expect(apiKey).toMatch(/^rgt_live_[1-9A-HJ-NP-Za-km-z]{32}$/);
  expect(advertiser.availableCents).toBeGreaterThan(0);
  expect(new Set(enrollments.map((one) => one.affiliateId)).size).toBe(12);
  const codes = enrollments.map((one) => one.trackingCode);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^[1-9A-HJ-NP-Za-km-z]{8}$/);
});
