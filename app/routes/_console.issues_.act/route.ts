import type { ActionFunctionArgs, AppLoadContext } from '@remix-run/node';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import {
  addNote,
  cancelJob,
  changeIssues,
  pause,
  probeNow,
  resume,
  startJob,
} from '#app/modules/triage/index.server.ts';
import type { IssueChange } from '#app/modules/triage/issue-schema.ts';
import { type Actor, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { readZone } from '#app/ui/preferences.ts';
import { type Act, actSchema } from '../_console.issues/act-schema.ts';
import { filterOf, parseIssuesUrl } from '../_console.issues/filters.ts';
import { answered } from '../_console.leads/answer.server.ts';

/** POST /issues/act: what a person does about issues, their releases, and what holds postbacks back. Answers JSON. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return answered(async () => {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'triage');
    const parsed = actSchema.safeParse(Object.fromEntries(new URLSearchParams(await request.text())));
    if (!parsed.success)
      throw new AppError('VALIDATION_ERROR', parsed.error.issues.map((issue) => issue.message).join('. '));
    return act(context, actor, parsed.data, readZone(request.headers.get('cookie')));
  });
}

async function act(context: AppLoadContext, actor: Actor, input: Act, zone: string): Promise<object> {
  const { ctx } = context;
  switch (input.intent) {
    case 'note':
      return addNote(ctx, { id: input.id, text: input.body, actor });
    case 'release':
      // everything the issue holds up now; what fails later under the same cause is a new decision
      return startJob(ctx, {
        kind: 'retry',
        issueId: input.id,
        probe: true,
        actor,
      });
    case 'cancel':
      await cancelJob(ctx, { id: input.job, actor });
      return {};
    case 'probe':
      await probeNow(ctx, { breakerId: input.breaker, actor });
      return {};
    case 'resume':
      await resume(ctx, { breakerId: input.breaker, actor });
      return {};
    case 'pause':
      await pause(ctx, {
        accountId: input.account,
        ...(input.campaign ? { networkCampaignId: input.campaign } : {}),
        note: input.note,
        actor,
      });
      return {};
    default:
      return changeIssues(ctx, {
        of: chosen(input.ids, nowOf(ctx).getTime(), zone),
        actor,
        change: changeOf(input),
      });
  }
}

type Changing = Extract<Act, { ids: unknown }>;

/** What was ticked, or all that the list's address finds now. */
const chosen = (of: Changing['ids'], now: number, zone: string) =>
  'ids' in of ? of : { filter: filterOf(parseIssuesUrl(new URLSearchParams(of.query)), now, zone) };

function changeOf(input: Changing): IssueChange {
  switch (input.intent) {
    case 'ignore':
      return {
        kind: 'ignore',
        ...(input.until === undefined ? {} : { until: input.until }),
        ...(input.above === undefined ? {} : { above: input.above }),
      };
    case 'reopen':
      return { kind: 'reopen', ...(input.only === undefined ? {} : { only: input.only }) };
    case 'assign':
      return { kind: 'assign', userId: input.assignee === '' ? null : input.assignee };
    default:
      return { kind: input.intent };
  }
}
