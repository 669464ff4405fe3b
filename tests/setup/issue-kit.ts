import { expect } from 'vitest';
import { connectorById } from '#app/connectors/registry.server.ts';
import { saveAccount } from '#app/modules/campaigns/index.server.ts';
import {
  type Failure,
  type RecordedFailures,
  recordFailures,
  type TriageDeps,
} from '#app/modules/triage/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';

export const NOW = Date.parse('2026-05-12T12:02:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface FailedPostback {
  status?: string;
  errorCode?: string | null;
  errorMessage?: string | null;
  httpStatus?: number | null;
  ref?: string;
  campaign?: string | null;
  revenueCents?: number | null;
  currency?: string | null;
  at?: number;
}

/** A store with one account, and rows as delivery leaves them. */
export interface IssueKit extends TestCtx {
  accountId: string;
  deps: TriageDeps;
  campaign(
    networkCampaignId: string,
    terms: {
      payoutPerUnitCents?: bigint;
      payoutPercentage?: number;
      currency?: string;
      testTrackingCode?: string;
    },
  ): Promise<void>;
  /** A conversion and its postback. Answers the postback as `recordFailures` takes it. */
  postback(made?: FailedPostback): Promise<Failure>;
  /** Puts failures under their issues, in a transaction of its own. */
  record(failures: readonly Failure[]): Promise<RecordedFailures>;
  /** The row of an issue. */
  issue(id: string): ReturnType<Prisma['issue']['findUniqueOrThrow']>;
  /** The history of an issue, oldest first. */
  events(issueId: string): ReturnType<Prisma['issueEvent']['findMany']>;
}

type Prisma = TestCtx['ctx']['store']['prisma'];

/** The one thing of a list that must hold exactly one. */
export function only<T>(list: readonly T[]): T {
  expect(list).toHaveLength(1);
  return list[0] as T;
}

export async function makeIssueKit(): Promise<IssueKit> {
  const t = await makeTestCtx();
  t.ctx.clock.stopAt(NOW);
  const connector = connectorById('regatta');
  const account = {
    name: 'regatta',
    connector: 'regatta',
    baseUrl: 'https://regatta.network/api/v1',
    credentials: { apiKey: 'rgt_live_abcdefgh12345678' },
    retryScheduleSeconds: null,
  };
  const { id: accountId } = await saveAccount(t.ctx, {
    account,
    connector,
    origin: 'settings',
    actor: SYSTEM,
  });
  const deps: TriageDeps = {
    connectorIn: async (conn, id) => {
      const found = await conn.prisma.networkAccount.findUniqueOrThrow({ where: { id } });
      return connectorById(found.connector);
    },
  };
  const { prisma } = t.ctx.store;
  let n = 0;
  return {
    ...t,
    accountId,
    deps,
    record: (failures) => t.ctx.store.transaction((tx) => recordFailures(tx, t.ctx, deps, failures)),
    issue: (id) => prisma.issue.findUniqueOrThrow({ where: { id } }),
    events: (issueId) => prisma.issueEvent.findMany({ where: { issueId }, orderBy: { id: 'asc' } }),
    async campaign(networkCampaignId, terms) {
      const at = new Date(t.ctx.clock.now());
      await t.ctx.store.prisma.campaign.create({
        data: {
          id: t.ctx.newId('cmp'),
          accountId,
          networkCampaignId,
          name: `Campaign ${networkCampaignId}`,
          compensationModel: terms.payoutPercentage === undefined ? 'CPA' : 'REV_SHARE',
          currency: 'USD',
          createdAt: at,
          updatedAt: at,
          ...terms,
        },
      });
    },
    async postback(made = {}) {
      const at = new Date(made.at ?? t.ctx.clock.now());
      const id = t.ctx.newId('pbk');
      const conversionId = t.ctx.newId('cnv');
      const externalId = `order-${++n}`;
      const ref = made.ref ?? 'AbC12345';
      const money = {
        revenueCents: made.revenueCents == null ? null : BigInt(made.revenueCents),
        currency: made.currency ?? null,
      };
      const answer = {
        errorCode: made.errorCode === undefined ? 'NOT_FOUND' : made.errorCode,
        errorMessage: made.errorMessage === undefined ? 'No enrolment' : made.errorMessage,
        httpStatus: made.httpStatus === undefined ? 404 : made.httpStatus,
      };
      await t.ctx.store.prisma.conversion.create({
        data: {
          id: conversionId,
          accountId,
          campaignKey: '',
          externalId,
          eventType: 'PURCHASE',
          ref,
          refSource: 'request',
          occurredAt: at,
          contentHash: externalId,
          origin: 'api',
          postbackId: id,
          createdAt: at,
          ...money,
        },
      });
      await t.ctx.store.prisma.outboxMessage.create({
        data: {
          id,
          kind: 'postback',
          accountId,
          conversionId,
          networkCampaignId: made.campaign ?? null,
          externalId,
          ref,
          eventType: 'PURCHASE',
          payload: '{}',
          status: made.status ?? 'failed',
          dueAt: at,
          attempts: 1,
          settledAt: at,
          createdAt: at,
          updatedAt: at,
          ...answer,
          ...money,
        },
      });
      return {
        messageId: id,
        accountId,
        ref,
        networkCampaignId: made.campaign ?? null,
        revenueCents: made.revenueCents ?? null,
        currency: made.currency ?? null,
        at,
        ...answer,
      };
    },
  };
}
