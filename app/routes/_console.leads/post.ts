/** What an action of a row answers. */
export type Answer<T> =
  | ({ ok: true } & T)
  | { error: { code: string; message: string; details: { path: string; message: string }[] } };

const failed = (code: string, message: string): Answer<never> => ({ error: { code, message, details: [] } });

/**
 * Sends fields to an action and reads its answer. A plain request rather than a form of the page: an undo must reach
 * the server from its toast though the page it came from is gone. Never throws.
 */
export async function post<T>(url: string, fields: Record<string, string>): Promise<Answer<T>> {
  try {
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
    if (response.redirected)
      return failed('AUTH_MISSING', 'You are signed out: nothing was done. Sign in again and repeat it.');
    const type = response.headers.get('content-type') ?? '';
    if (type.includes('json')) return (await response.json()) as Answer<T>;
    return failed(
      'INTERNAL_ERROR',
      `Leadline could not do it (answer ${response.status}). Look at the row before you try again.`,
    );
  } catch {
    return failed(
      'UNAVAILABLE',
      'Leadline could not be reached: whether it was done is not known. Look at the row before you try again.',
    );
  }
}
