import { useRevalidator } from '@remix-run/react';
import type { SavedViewsProps } from './saved-views.tsx';
import { postView, type SavedView } from './saved-views-api.ts';
import { notify, undoToast } from './toast.tsx';

/** What can be done with views. Each tells what came of it, and lets the page read its views again. */
export function useViewActions(
  { page, current, onChanged }: Pick<SavedViewsProps, 'page' | 'current' | 'onChanged'>,
  setGone: (ids: string[]) => void,
) {
  const { revalidate } = useRevalidator();
  const send = async (fields: Record<string, string>, done: string | null) => {
    const answer = await postView(fields);
    if (answer.error) return answer;
    if (done !== null) notify({ meaning: 'good', title: done });
    revalidate();
    onChanged?.();
    return answer;
  };
  const orTell = async (fields: Record<string, string>, done: string | null) => {
    const answer = await send(fields, done);
    if (answer.error)
      notify({ meaning: 'needs', title: 'The view stays as it was', detail: answer.error.message });
    return answer;
  };
  const change = (view: SavedView, what: Record<string, string>) => ({
    intent: 'change',
    id: view.id,
    ...what,
  });
  return {
    save: (name: string, shared: boolean) =>
      send({ intent: 'save', page, name, query: current, shared: String(shared) }, `Saved the view ${name}`),
    rename: (view: SavedView, name: string) => send(change(view, { name }), `Renamed to ${name}`),
    update: (view: SavedView) =>
      void orTell(change(view, { query: current }), `${view.name} now shows what you see`),
    share: (view: SavedView, shared: boolean) =>
      void orTell(
        change(view, { shared: String(shared) }),
        shared ? `Everybody sees ${view.name}` : `${view.name} is only yours`,
      ),
    async remove(view: SavedView) {
      setGone([view.id]);
      const { removed } = await orTell({ intent: 'remove', id: view.id }, null);
      if (!removed) return setGone([]);
      const back = { ...removed, shared: String(removed.shared), intent: 'save' };
      undoToast({
        title: `Deleted the view ${view.name}`,
        verb: 'Gone for good',
        onUndo: () => void orTell(back, `${view.name} is back`),
      });
    },
  };
}

export type ViewActions = ReturnType<typeof useViewActions>;
