import { parseWithZod } from '@conform-to/zod/v4';
import { type AppLoadContext, data, redirect } from '@remix-run/node';
import { listChannels, NO_MAIL } from '#app/modules/alerts/index.server.ts';
import { requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { scheduleSchema } from '#app/modules/scheduled/form-schema.ts';
import { getSchedule, saveSchedule } from '#app/modules/scheduled/index.server.ts';
import { LIST_NAMES } from '#app/modules/scheduled/schema.ts';
import { listViews } from '#app/modules/views/index.server.ts';
import { viewPage } from '#app/modules/views/view-schema.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { readZone } from '#app/ui/preferences.ts';
import { refused } from '../_console.settings/refused.server.ts';

const FIELDS = [
  'name',
  'list',
  'viewId',
  'query',
  'channelId',
  'every',
  'weekday',
  'monthday',
  'hour',
  'zone',
];

/** What the form offers: email channels, the views of each list that the actor sees, zones with the reader's own first. */
export async function scheduleChoices(
  request: Request,
  context: AppLoadContext,
  actor: Actor,
  zone: string | null = null,
) {
  const channels = (await listChannels(context.ctx)).filter(({ kind }) => kind === 'email');
  const views = await Promise.all(
    LIST_NAMES.map(async (list) => {
      const page = viewPage.safeParse(list);
      const seen = page.success ? await listViews(context.ctx, { page: page.data, actor }) : [];
      return seen.map(({ id, name, shared, mine, query }) => ({
        id,
        list,
        name,
        query,
        shared: shared && !mine,
      }));
    }),
  );
  const own = readZone(request.headers.get('cookie'));
  return {
    channels: channels.map(({ id, name, hint, enabled }) => ({ id, name, hint, enabled })),
    views: views.flat(),
    zones: [
      ...new Set([...(zone === null ? [] : [zone]), own, 'UTC', ...Intl.supportedValuesOf('timeZone')]),
    ],
    noMail: context.alerts.mailer === null ? NO_MAIL : null,
  };
}

/** Saves the form, as a new scheduled export or as the one with `id`, and goes to its page. */
export async function saveScheduleForm(request: Request, context: AppLoadContext, id?: string) {
  const { actor } = await requireUser(request, context);
  const submission = parseWithZod(await request.formData(), { schema: scheduleSchema });
  if (submission.status !== 'success') return data({ reply: submission.reply() }, { status: 422 });
  try {
    requireSameOrigin(request, context.config.publicUrl);
    const saved = await saveSchedule(context.ctx, {
      ...(id === undefined ? {} : { id }),
      schedule: submission.value,
      actor,
    });
    return redirect(`/settings/exports/${saved.id}`);
  } catch (error) {
    return refused(submission, error, FIELDS);
  }
}

/** The scheduled export, or the page that says that there is none. */
export async function findSchedule(context: AppLoadContext, id: string | undefined) {
  try {
    return await getSchedule(context.ctx, id ?? '');
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') throw new Response(null, { status: 404 });
    throw error;
  }
}
