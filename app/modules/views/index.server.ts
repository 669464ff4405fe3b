export { changeView } from './change-view.server.ts';
export { listViews } from './list-views.server.ts';
export { removeView } from './remove-view.server.ts';
export { saveView } from './save-view.server.ts';
