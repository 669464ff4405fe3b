export { getCapture } from './get-capture.server.ts';
export { countCaptures, listCaptures } from './list-captures.server.ts';
export { codeKey, listReach } from './list-reach.server.ts';
export { type NewCapture, type SavedCapture, saveCaptures } from './save-captures.server.ts';
export { saveRecord } from './save-record.server.ts';
