import type { JobState } from '#app/modules/triage/schema.ts';

export interface JobsView {
  key: string;
  label: string;
  /** Empty: all. */
  states: readonly JobState[];
}

const ALL: JobsView = { key: 'all', label: 'All', states: [] };

/** The tabs of the list. */
export const VIEWS: readonly JobsView[] = [
  ALL,
  { key: 'active', label: 'Running', states: ['collecting', 'probing', 'running'] },
  { key: 'stopped', label: 'Stopped', states: ['stopped'] },
  { key: 'done', label: 'Done', states: ['done'] },
  { key: 'canceled', label: 'Canceled', states: ['canceled'] },
];

/** The tab that the address asks for; all, where it asks for one that there is not. */
export const readView = (query: URLSearchParams): JobsView =>
  VIEWS.find(({ key }) => key === query.get('view')) ?? ALL;
