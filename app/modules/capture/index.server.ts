export { type NewCapture, type SavedCapture, saveCaptures } from './save-captures.server.ts';
export { type SavedRecord, saveRecord } from './save-record.server.ts';
