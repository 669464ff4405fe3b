import { readSilence } from '#app/modules/reports/index.server.ts';
import { judgeSilence, SILENCE_SHORTEST_MS, SILENCE_WEEKS } from './silence.ts';
import type { Pass, Watch } from './watch.ts';
import { countOf, spanWords } from './words.ts';

/** How long conversions have stayed out, by the hours and weekdays of a zone. */
export const silenceOf = (pass: Pass, zone: string): ReturnType<typeof readSilence> =>
  pass.once(`silence ${zone}`, () =>
    readSilence(pass.ctx, { zone, weeks: SILENCE_WEEKS, fromMs: SILENCE_SHORTEST_MS }),
  );

/** No conversion for as long as is unusual; over with the first that comes. Silent itself while history is too short. */
export const watchSilence: Watch<'no_conversions'> = async (pass, rule, seen) => {
  const before = seen.get('silence');
  const silence = await silenceOf(pass, rule.settings.zone);
  const verdict = judgeSilence(silence.silenceMs, silence.windows);
  const { lastAt } = silence;
  if (lastAt === null) return [];
  const active = before?.active ? new Date(lastAt) <= before.since : verdict.kind === 'unusual';
  const link = { path: '/', linkLabel: 'Open the overview', money: [], unknown: 0 };
  return [
    {
      subject: 'silence',
      active,
      async words(transition) {
        if (transition === 'cleared')
          return {
            ...link,
            title: 'Conversions come again',
            what: `After ${spanWords(new Date(lastAt).getTime() - (before?.since.getTime() ?? 0))} since you were told.`,
            todo: 'Check whether orders of that time are missing, and report them late if so.',
          };
        const usual = verdict.kind === 'unusual' ? verdict : { usual: 0, weeks: 0 };
        return {
          ...link,
          title: `No conversion for ${spanWords(silence.silenceMs)}`,
          what: `In the same hours of the last ${countOf(usual.weeks, 'week')} there were usually ${usual.usual}.`,
          todo: 'Check that your shop sells and that its backend still reports to Leadline.',
        };
      },
    },
  ];
};
