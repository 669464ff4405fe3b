import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { actorOfKey, requireScope, type VerifiedKey } from '#app/modules/operators/index.server.ts';
import { readDepsOf } from '#app/modules/outbox/index.server.ts';
import { queryObject } from '#app/modules/outbox/query-schema.ts';
import {
  activeJobsOfIssues,
  breakersOfIssues,
  getIssue,
  type IssueReadDeps,
  listIssues,
  reviseIssue,
} from '#app/modules/triage/index.server.ts';
import { filterOfLists } from '#app/modules/triage/issue-filter-schema.ts';
import {
  ISSUE_LIST_PARAMETERS,
  issueBodySchema,
  issueQuerySchema,
} from '#app/modules/triage/issue-query-schema.ts';
import type { IssueChange } from '#app/modules/triage/issue-schema.ts';
import { AppError } from '#app/platform/errors.ts';
import { BODY_MAX, checked, parseJson, readText } from '../body.server.ts';
import type { Runtime } from '../runtime.server.ts';
import type { Operation } from './operation.ts';
import { type AppEnv, endpoint } from './routes.server.ts';

const issueAnswer = z.looseObject({
  id: z.string(),
  network: z.string(),
  errorCode: z.string(),
  httpStatus: z.int().nullable(),
  message: z.string(),
  networkCampaignId: z.string().nullable(),
  state: z.string(),
  counts: z.object({ failed: z.int(), exhausted: z.int(), parked: z.int(), unread: z.int() }),
  held: z.int(),
  unpaid: z.array(z.object({ currency: z.string(), minor: z.int() })),
  unpaidUnknown: z.int(),
  seen: z.int(),
  reopened: z.int(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  trend: z.array(z.int()),
});
const missing = { description: 'No such issue.' };

export const issuesOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/issues',
    scope: 'read',
    summary:
      'Causes of failed, exhausted and parked postbacks, and of successes that came without their data (`counts.unread`), with what each holds up. `state`, `network`, `code`, `campaign` and `httpStatus` (`404`, or `none` where no answer came) may come several times, each as it is, as `not:…` or, for `code`, as `begins:…`; `seenMin`, `seenFrom` and `seenTo` narrow by how often and when last it was seen; `assignee` is a user id or "none".',
    query: issueQuerySchema,
    answers: {
      200: {
        description: 'One page; give `nextCursor` back as `cursor` for the next, with the same order.',
        data: z.object({ items: z.array(issueAnswer), nextCursor: z.string().nullable(), total: z.int() }),
      },
    },
  },
  {
    method: 'get',
    path: '/api/v1/issues/{id}',
    scope: 'read',
    summary: 'One cause with its explanation, history and the oldest postbacks it holds up.',
    answers: { 200: { description: 'The issue.', data: issueAnswer }, 404: missing },
  },
  {
    method: 'post',
    path: '/api/v1/issues/{id}',
    scope: 'operate',
    summary:
      'Changes an issue: `state` open, acknowledged, resolved or ignored (with `until`, an ISO time, or `above`, a number an hour, or both), `assignee` (a user id, or null), `note`.',
    body: issueBodySchema,
    answers: {
      200: { description: 'The issue as it is now.', data: issueAnswer },
      404: missing,
      409: { description: 'It cannot be changed so; the message says why.' },
    },
  },
];

/** Reading and changing issues (CONTRACT.md). */
export function mountIssuesApi(app: Hono<AppEnv>, runtime: Runtime): void {
  app.get('/api/v1/issues', endpoint(runtime, getList));
  app.get('/api/v1/issues/:id', endpoint(runtime, getOne));
  app.post('/api/v1/issues/:id', endpoint(runtime, postChange));
}

const ok = (data: unknown): Response => Response.json({ success: true, data });

async function keyWith(runtime: Runtime, c: Context, scope: 'read' | 'operate'): Promise<VerifiedKey> {
  const key = await runtime.keys.verify(c.req.header('authorization'));
  requireScope(key, scope);
  return key;
}

const depsOf = (runtime: Runtime): IssueReadDeps => ({
  connectorFor: readDepsOf(runtime).connectorFor,
  breakersOf: (ids) => breakersOfIssues(runtime.ctx, ids),
  jobsOf: (ids) => activeJobsOfIssues(runtime.ctx, ids),
});

/** An id from the path, without what no id holds (a NUL would upset the store). */
function issueId(c: Context): string {
  const id = c.req.param('id') ?? '';
  if (/^[\w-]{1,64}$/.test(id)) return id;
  throw new AppError('NOT_FOUND', 'There is no issue with this id.');
}

async function getList(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  const { limit, cursor, order, network, code, campaign, httpStatus, ...rest } = checked(
    issueQuerySchema,
    queryObject(new URL(c.req.url).searchParams, ISSUE_LIST_PARAMETERS),
  );
  const filter = { ...rest, ...filterOfLists({ network, code, campaign, httpStatus }) };
  for (const name of [...(filter.network ?? []), ...(filter.not?.network ?? [])])
    await runtime.accounts.idByName(name);
  const page = await listIssues(runtime.ctx, depsOf(runtime), { filter, order, limit, cursor });
  return ok({ items: page.items, nextCursor: page.next, total: page.total });
}

async function getOne(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  return ok(await readOne(runtime, issueId(c)));
}

/** Who works here is for the console: a key needs no list of people. */
async function readOne(runtime: Runtime, id: string): Promise<unknown> {
  const { people: _people, ...issue } = await getIssue(runtime.ctx, depsOf(runtime), id);
  return issue;
}

async function postChange(runtime: Runtime, c: Context): Promise<Response> {
  const key = await keyWith(runtime, c, 'operate');
  const id = issueId(c);
  const body = checked(issueBodySchema, parseJson(await readText(c.req.raw, BODY_MAX)));
  const actor = actorOfKey(key, c.get('clientIp'));
  await reviseIssue(runtime.ctx, { id, actor, changes: changesOf(body), note: body.note });
  return ok(await readOne(runtime, id));
}

function changesOf(body: z.infer<typeof issueBodySchema>): IssueChange[] {
  const { state, until, above, assignee } = body;
  const changes: IssueChange[] = [];
  if (state === 'ignored')
    changes.push({ kind: 'ignore', ...(until && { until }), ...(above !== undefined && { above }) });
  else if (state) changes.push({ kind: KIND[state] });
  if (assignee !== undefined) changes.push({ kind: 'assign', userId: assignee });
  return changes;
}

const KIND = { open: 'reopen', acknowledged: 'acknowledge', resolved: 'resolve' } as const;
