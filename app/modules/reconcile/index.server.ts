export { advanceReconciliations } from './advance.server.ts';
export { cancelRun, deleteRun, saveMapping, startRun } from './change-run.server.ts';
export { type ListRowsInput, listRows, type ResultPage } from './list-rows.server.ts';
export { getRun, listRuns, type RunPage } from './list-runs.server.ts';
export { type TakeFileInput, takeFile } from './take-file.server.ts';
export { type Trial, tryMapping } from './try-mapping.server.ts';
