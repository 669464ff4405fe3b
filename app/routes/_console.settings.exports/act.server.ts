import { type ActionFunctionArgs, data, redirect } from '@remix-run/node';
import { requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import {
  pauseSchedule,
  removeSchedule,
  resumeSchedule,
  sendNow,
} from '#app/modules/scheduled/index.server.ts';
import { AppError } from '#app/platform/errors.ts';

/** What a button answers. `done` is said aloud and shown. */
export interface ActAnswer {
  intent: string;
  id: string;
  done?: { title: string; detail: string };
  failed?: string;
}

const VERBS = {
  send: {
    verb: sendNow,
    title: (name: string) => `${name} is on its way`,
    detail: 'Its log tells what came of it.',
  },
  pause: {
    verb: pauseSchedule,
    title: (name: string) => `${name} is paused`,
    detail: 'Nothing is sent until it is resumed.',
  },
  resume: {
    verb: resumeSchedule,
    title: (name: string) => `${name} runs again`,
    detail: 'With your permission, from its next moment on.',
  },
} as const;

const isIntent = (text: string): text is keyof typeof VERBS => Object.hasOwn(VERBS, text);

/** POST /settings/exports: does what `intent` (send, pause, resume, remove) says to `id`. Removed, its page is none any more: back to the list. */
export async function exportsAction({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const form = await request.formData();
  const intent = String(form.get('intent') ?? '');
  const id = String(form.get('id') ?? '');
  try {
    requireSameOrigin(request, context.config.publicUrl);
    if (intent === 'remove') {
      await removeSchedule(context.ctx, { id, actor });
      return redirect('/settings/exports?removed');
    }
    if (!isIntent(intent))
      throw new AppError('VALIDATION_ERROR', 'There is no such action on scheduled exports.');
    const { verb, title, detail } = VERBS[intent];
    const { name } = await verb(context.ctx, { id, actor });
    return data<ActAnswer>({ intent, id, done: { title: title(name), detail } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return data<ActAnswer>({ intent, id, failed: error.message }, { status: error.status });
  }
}
