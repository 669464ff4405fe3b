import { type NewCapture, type SavedCapture, saveCaptures } from '#app/modules/capture/index.server.ts';
import type { Dispatcher } from '#app/modules/outbox/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { isStoreFault } from '#app/platform/db/store-errors.server.ts';
import { createGroup } from '#app/platform/group.server.ts';
import type { NewConversion } from './rows.server.ts';
import { type StoredConversion, storeConversions } from './store-conversions.server.ts';

export type { NewConversion } from './rows.server.ts';
export type { StoredConversion } from './store-conversions.server.ts';
export { traceConversion } from './trace-conversion.server.ts';

/** The doors through which machines report. Requests that are under way together share a commit. */
export interface Intake {
  /** Takes the conversions of one request; all are durable together when it resolves. Rejects when the store is at fault. */
  reportConversions(conversions: readonly NewConversion[]): Promise<StoredConversion[]>;
  reportCapture(capture: NewCapture): Promise<SavedCapture>;
  idle(): Promise<void>;
}

/** At most this many conversions share a commit. */
const GROUP_MAX = 512;

/** `dispatcher` is the worker of this process, or null where there is none (role `web`). */
export function createIntake(ctx: Ctx, dispatcher: Dispatcher | null): Intake {
  const conversions = createGroup<readonly NewConversion[], StoredConversion[]>({
    max: GROUP_MAX,
    lanes: ctx.store.lanes,
    failsForAll: isStoreFault,
    async flush(requests) {
      const all = await storeConversions(ctx, dispatcher, requests.flat());
      let from = 0;
      return requests.map((request) => {
        const to = from + request.length;
        const part = all.slice(from, to);
        from = to;
        return part;
      });
    },
  });
  const captures = createGroup<NewCapture, SavedCapture>({
    max: GROUP_MAX,
    failsForAll: isStoreFault,
    flush: (inputs) => saveCaptures(ctx, inputs),
  });
  return {
    reportConversions: (input) => conversions.push(input),
    reportCapture: (capture) => captures.push(capture),
    idle: async () => {
      await Promise.all([conversions.idle(), captures.idle()]);
    },
  };
}
