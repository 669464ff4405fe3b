/** A saved view as a page's loader hands it over (`listViews` of the module views has this shape). */
export interface SavedView {
  id: string;
  name: string;
  /** The page's query string, without "?". */
  query: string;
  shared: boolean;
  mine: boolean;
  mayChange: boolean;
  owner: { id: string; name: string };
}

export type ViewCounts = Readonly<Record<string, { n: number; capped: boolean } | null>>;

export type ViewAnswer = {
  view?: SavedView;
  removed?: { page: string; name: string; query: string; shared: boolean; ownerId: string };
  error?: { code: string; message: string };
};

const failed = (code: string, message: string): ViewAnswer => ({ error: { code, message } });

/** POST /views, sent once. An answer that is none (no connection, signed out) comes back as an error to show. */
export async function postView(fields: Record<string, string>): Promise<ViewAnswer> {
  try {
    const response = await fetch('/views', { method: 'POST', body: new URLSearchParams(fields) });
    if (response.redirected)
      return failed(
        'AUTH_MISSING',
        'You are signed out: nothing was saved. Sign in in another tab, then press again.',
      );
    return (await response.json()) as ViewAnswer;
  } catch {
    return failed(
      'UNAVAILABLE',
      'No answer came: it may or may not have been saved. Look before you press again.',
    );
  }
}

/** GET /views/counts: how many rows each view of a page shows. Throws when it cannot be read. */
export async function fetchCounts(page: string, signal: AbortSignal): Promise<ViewCounts> {
  const response = await fetch(`/views/counts?${new URLSearchParams({ page })}`, {
    headers: { accept: 'application/json' },
    signal,
  });
  return ((await response.json()) as { counts: ViewCounts }).counts;
}

/** The view that shows just what the address asks for, or null. */
export const currentView = (views: readonly SavedView[], current: string): SavedView | null =>
  views.find((view) => view.query === current) ?? null;
