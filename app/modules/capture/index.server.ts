export { firstIdAt } from './first-id.ts';
export { getCapture, refInBody } from './get-capture.server.ts';
export { countCaptures, type ListCapturesInput, listCaptures } from './list-captures.server.ts';
export { codeKey, listReach } from './list-reach.server.ts';
export { type NewCapture, type SavedCapture, saveCaptures } from './save-captures.server.ts';
export { type SavedRecord, saveRecord } from './save-record.server.ts';
