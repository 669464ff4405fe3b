import { fork } from 'node:child_process';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from 'playwright/test';

export interface Campaign {
  id: string;
  name: string;
  testTrackingCode: string;
  status: string;
}

/** Remix logs the load that a newer load of the same data overtook (live updates do that); the newer one is what shows. */
const OVERTAKEN = /^AbortError: signal is aborted without reason/;

/** Addresses and secrets of a worker's world (tests/setup/world.ts), and calls to it over HTTP. */
export interface World {
  url: string;
  regattaUrl: string;
  shopUrl: string;
  key: string;
  email: string;
  password: string;
  regattaKey: string;
  campaigns: Record<
    'springStarter' | 'annualPlan' | 'giftCardPush' | 'refillClub' | 'autumnRefill',
    Campaign
  >;
  enrollments: { campaignId: string; trackingCode: string }[];
  /** Calls Leadline's API; answers `data`. */
  api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Calls the practice network's control API. */
  practice(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Turns the clocks of Leadline and of the network. */
  turn(offsetMs: number): Promise<void>;
  codeOf(campaign: Campaign): string;
}

async function call(
  method: string,
  url: string,
  body: unknown,
  key?: string,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok)
    throw new Error(`${method} ${url} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

export const test = base.extend<
  { problems: string[]; console: Page; axe(): Promise<void> },
  { world: World }
>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off its first parameter
    async ({}, use) => {
      const child = fork(path.resolve('tests/setup/world.ts'), {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      const facts = await new Promise<World>((resolve, reject) => {
        child.once('message', (message) => resolve(message as World));
        child.once('exit', (code) => reject(new Error(`the world did not start (exit ${code})`)));
      });
      const world: World = {
        ...facts,
        api: async (method, route, body) =>
          (await call(method, facts.url + route, body, facts.key)).data as Record<string, unknown>,
        practice: (method, route, body) => call(method, `${facts.regattaUrl}/__practice${route}`, body),
        async turn(offsetMs) {
          await call('POST', `${facts.regattaUrl}/__practice/clock`, { offsetMs });
          await call('POST', `${facts.url}/__practice/clock`, { offsetMs });
        },
        codeOf: (campaign) => facts.enrollments.find((e) => e.campaignId === campaign.id)?.trackingCode ?? '',
      };
      await use(world);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await ended;
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  /** Any error or warning in the browser's console fails the test, so hydration and CSP problems show. */
  problems: [
    async ({ page }, use) => {
      const problems: string[] = [];
      page.on('console', (m) => {
        if (OVERTAKEN.test(m.text())) return;
        if (m.type() === 'error' || m.type() === 'warning') problems.push(`${m.type()}: ${m.text()}`);
      });
      page.on('pageerror', (e) => {
        if (!OVERTAKEN.test(`${e.name}: ${e.message}`)) problems.push(`pageerror: ${e.message}`);
      });
      await use(problems);
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
  /** The console, signed in. */
  console: async ({ page, world }, use) => {
    await page.goto(`${world.url}/login`);
    await page.getByLabel('Email').fill(world.email);
    await page.getByLabel('Password', { exact: true }).fill(world.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${world.url}/`);
    await use(page);
  },
  /** Looks at the page at rest, without movement (a toast that is half faded in has half its contrast): no accessibility violation. */
  axe: async ({ page }, use) => {
    await use(async () => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page }).analyze();
      await page.emulateMedia({ reducedMotion: null });
      expect(
        violations.map(
          (v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' | ')} ${v.nodes[0]?.failureSummary}`,
        ),
      ).toEqual([]);
    });
  },
});

/** Reports an order of Spring Starter as a shop's backend would, and waits until the network has its lead. */
export async function paidOrder(
  world: World,
  order: string,
  fields: Record<string, unknown> = {},
): Promise<void> {
  await world.api('POST', '/api/v1/conversions', {
    externalId: order,
    eventType: 'PURCHASE',
    revenueCents: 4900,
    currency: 'USD',
    ref: world.codeOf(world.campaigns.springStarter),
    ...fields,
  });
  await expect.poll(() => tally(world, order), { timeout: 20_000 }).toMatchObject({ leads: 1 });
}

/** What the network's ledger counts of an order: leads, disputes. */
export const tally = async (world: World, order: string) =>
  (await world.practice('GET', `/ledger?externalId=${order}`)).tally;

/** Refunds part of an order, in cents, as `re_<order>`: a person decides. */
export async function refundPart(world: World, order: string, amountCents = 2000): Promise<void> {
  const refundId = `re_${order}`;
  await world.api('POST', '/api/v1/refunds', {
    refundId,
    externalId: order,
    kind: 'refund',
    full: false,
    amountCents,
  });
}

export { expect };
