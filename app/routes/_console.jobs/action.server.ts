import { type ActionFunctionArgs, data } from '@remix-run/node';
import { searchBodies } from '#app/modules/metrics/index.server.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { startJob } from '#app/modules/triage/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { filterOfText, kindOf } from './request.server.ts';

export type StartAnswer =
  | { ok: true; jobId: string; matched: number; name: string }
  | { error: { code: string; message: string } };

const told = (form: URLSearchParams, name: string): string | undefined => form.get(name)?.trim() || undefined;

/**
 * POST /jobs: starts a job. `kind`, `filter` (the list's query string), `newestId` (as the preview told it), `issueId`,
 * `probe` (1), `name`.
 */
export async function jobsAction({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'triage');
    const { ctx } = context;
    const form = new URLSearchParams(await request.text());
    const text = told(form, 'filter');
    const started = await startJob(
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
    return data<StartAnswer>({ ok: true, ...started });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return data<StartAnswer>(
      { error: { code: error.code, message: error.message } },
      { status: error.status },
    );
  }
}
