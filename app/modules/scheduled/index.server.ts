export { pauseSchedule, removeSchedule, resumeSchedule } from './change-schedule.server.ts';
export type { OpenedCsv, ScheduleDeps } from './deps.ts';
export { getSchedule, listRuns, listSchedules } from './list-schedules.server.ts';
export { queueDueRuns } from './queue-due-runs.server.ts';
export { createScheduleRunner, type ScheduleRunner } from './runner.server.ts';
export { saveSchedule } from './save-schedule.server.ts';
export { sendDueRuns } from './send-due-runs.server.ts';
export { sendNow } from './send-now.server.ts';
