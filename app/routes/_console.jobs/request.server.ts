import { readFilter, timed } from '#app/modules/outbox/filter-schema.ts';
import type { PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import { JOB_KINDS, type JobKind } from '#app/modules/triage/schema.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { readZone } from '#app/ui/preferences.ts';

/** The kind of job that is asked for. Throws VALIDATION_ERROR. */
export function kindOf(text: string | null): JobKind {
  const kind = JOB_KINDS.find((known) => known === text);
  if (kind) return kind;
  throw new AppError('VALIDATION_ERROR', `kind must be one of ${JOB_KINDS.join(', ')}`);
}

/**
 * The filter of a list's query string. Unlike a page, which leaves out what means nothing, an action refuses it: it
 * would act on more than was meant. An empty filter is everything, as the list shows it.
 */
export function filterOfText(text: string, request: Request, ctx: Pick<Ctx, 'clock'>): PostbackFilter {
  const { filter, problems } = readFilter(new URLSearchParams(text));
  if (problems.length > 0)
    throw new AppError('VALIDATION_ERROR', problems.map((problem) => problem.message).join('; '), {
      details: problems,
    });
  return timed(filter, nowOf(ctx).getTime(), readZone(request.headers.get('cookie')));
}
