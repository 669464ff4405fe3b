import { createScheduleRunner, type ScheduleRunner } from '#app/modules/scheduled/index.server.ts';
import type { Runtime } from '../runtime.server.ts';
import { openTable } from './index.server.ts';
import { csvStream } from './stream.server.ts';

/** What sends scheduled exports, over the same tables and bytes as /export/<list>.csv. `runtime` is asked for at each run. */
export function createExportSender(runtime: () => Runtime): ScheduleRunner {
  const { ctx, alerts } = runtime();
  return createScheduleRunner(ctx, {
    mailer: alerts.mailer,
    publicUrl: alerts.publicUrl,
    async openCsv(list, query, zone, signal) {
      const source = await openTable(runtime(), list, new URLSearchParams(query), zone);
      let rows = 0;
      const counted = {
        header: source.header,
        async next() {
          const records = await source.next();
          rows += records?.length ?? 0;
          return records;
        },
      };
      // what came of it is written down with the mail, not here
      return { bytes: csvStream(counted, signal, async () => {}), rows: () => rows };
    },
  });
}
