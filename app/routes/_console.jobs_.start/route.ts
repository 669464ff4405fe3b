import type { ActionFunctionArgs } from '@remix-run/node';
import { searchBodies } from '#app/modules/metrics/index.server.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { startJob } from '#app/modules/triage/index.server.ts';
import { filterOfText, kindOf } from '../_console.jobs/request.server.ts';
import { answered } from '../_console.leads/answer.server.ts';

const told = (form: URLSearchParams, name: string): string | undefined => form.get(name)?.trim() || undefined;

/**
 * POST /jobs/start: starts a bulk job. `kind`, `filter` (the list's query string), `newestId` (as the preview told it),
 * `issueId`, `probe` (1), `name`. Answers JSON: `jobId`, `matched`, `name`.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return answered(async () => {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'triage');
    const { ctx } = context;
    const form = new URLSearchParams(await request.text());
    const text = told(form, 'filter');
    return startJob(
      ctx,
      {
        kind: kindOf(form.get('kind')),
        filter: text === undefined ? undefined : filterOfText(text, request, ctx),
        newestId: told(form, 'newestId'),
        issueId: told(form, 'issueId'),
        probe: form.get('probe') === '1',
        name: told(form, 'name'),
        actor,
      },
      (words, most) => searchBodies(ctx, words, most),
    );
  });
}
