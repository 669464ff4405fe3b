import { MoreHorizontal } from 'lucide-react';
import { formatCount } from '../platform/time-format.ts';
import { Icon } from './icon.tsx';
import { Menu, MenuItem } from './menu.tsx';
import type { SavedView, ViewCounts } from './saved-views-api.ts';
import type { ViewActions } from './use-view-actions.ts';

/** How many rows a view finds, once that is known. */
export function CountOf({ counts, id }: { counts: ViewCounts; id: string }) {
  const count = counts[id];
  return count ? <span className="n">{formatCount(count.n, count.capped)}</span> : null;
}

/** The menu of a view that is one's own. */
export function ViewMenu({
  view,
  edited,
  onRename,
  update,
  share,
  remove,
}: { view: SavedView; edited: boolean; onRename: () => void } & Omit<ViewActions, 'save' | 'rename'>) {
  return (
    <Menu
      label={`The view ${view.name}`}
      align="start"
      trigger={
        <button type="button" className="new" aria-label={`Change the view ${view.name}`}>
          <Icon icon={MoreHorizontal} size={14} />
        </button>
      }
    >
      {edited && <MenuItem onSelect={() => update(view)}>Update to what is shown</MenuItem>}
      <MenuItem onSelect={onRename}>Rename…</MenuItem>
      <MenuItem onSelect={() => share(view, !view.shared)}>
        {view.shared ? 'Stop sharing' : 'Share with everybody'}
      </MenuItem>
      <MenuItem danger onSelect={() => remove(view)}>
        Delete
      </MenuItem>
    </Menu>
  );
}
