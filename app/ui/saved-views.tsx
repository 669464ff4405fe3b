/*
 * Saved views of a list, as tabs after the built-in ones. Stands in the `end` slot of `Tabs`:
 *
 *   loader   views: await listViews(ctx, { page: 'postbacks', actor })          (module views)
 *   page     const here = cleanQuery(searchParams);                             (the page's own: no cursor, no open row)
 *            <Tabs … current={currentView(data.views, here) ? '' : viewOf(state)}
 *              end={<SavedViews page="postbacks" path="/postbacks" views={data.views} current={here}
 *                     builtIn={VIEWS.map(queryOfView)} topics={['postbacks']} />} />
 *
 * `builtIn` are the queries of the page's own tabs in the same form: for them "Save view…" is not offered.
 * `cleanQuery` and a capped count of the page stand in routes/_console.views/pages.server.ts, by which POST /views
 * checks a query and GET /views/counts counts. Counts are read once the page stands, and again on `topics`; a page
 * that has them hands them over as `counts`. After a change the page's loaders run again, then `onChanged` is called.
 * A view that was opened and then narrowed further stays marked "edited" and can be updated to what is shown.
 */
import { Link } from '@remix-run/react';
import { ChevronDown, Plus, Users } from 'lucide-react';
import { useState } from 'react';
import { Icon } from './icon.tsx';
import { Menu, MenuItem } from './menu.tsx';
import { currentView, type SavedView, type ViewCounts } from './saved-views-api.ts';
import { ViewDialog } from './saved-views-dialog.tsx';
import { CountOf, ViewMenu } from './saved-views-menu.tsx';
import type { LiveTopic } from './use-live.ts';
import { useViewActions } from './use-view-actions.ts';
import { useViewCounts } from './use-view-counts.ts';

export { currentView, type SavedView, type ViewCounts } from './saved-views-api.ts';

/** Views that stand as tabs; the rest is in a menu behind them. */
const TABS_MAX = 6;

export type SavedViewsProps = {
  /** The page's name in the module views: postbacks, issues, refs… */
  page: string;
  /** The page's address without a query. */
  path: string;
  views: readonly SavedView[];
  /** The address's query in the form that `cleanQuery` of the page gives it. */
  current: string;
  /** Queries of the page's own tabs, in the same form. */
  builtIn?: readonly string[];
  counts?: ViewCounts;
  topics?: readonly LiveTopic[];
  onChanged?: () => void;
};

type Asking = { kind: 'save' } | { kind: 'rename'; view: SavedView };

/** The saved views of a page as tabs, and what can be done with them. See the top of this file. */
export function SavedViews(props: SavedViewsProps) {
  const { page, views, current, builtIn = [''] } = props;
  const counts = useViewCounts(page, views, props.topics ?? [], props.counts);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [gone, setGone] = useState<readonly string[]>([]);
  const act = useViewActions(props, setGone);
  const there = views.filter((view) => !gone.includes(view.id));
  const here = currentView(there, current);
  const base = useBase(there, here, builtIn.includes(current));
  const { tabs, rest } = split(there, base);
  const name = (view: SavedView) => (view.mine ? view.name : `${view.name}, shared by ${view.owner.name}`);
  return (
    <>
      {tabs.map((view) => (
        <Link
          key={view.id}
          to={hrefOf(props.path, view)}
          preventScrollReset
          title={name(view)}
          aria-current={view.id === here?.id ? 'page' : undefined}
        >
          {view.shared && <Icon icon={Users} size={12} />}
          <span className="trunc">{view.name}</span>
          {view.shared && (
            <span className="sr">, {view.mine ? 'shared' : `shared by ${view.owner.name}`}</span>
          )}
          {view.id === base?.id && here === null && <span className="c3">edited</span>}
          <CountOf counts={counts} id={view.id} />
        </Link>
      ))}
      {rest.length > 0 && (
        <Menu
          label="More views"
          align="start"
          trigger={
            <button type="button" className="new">
              {rest.length} more
              <Icon icon={ChevronDown} size={12} />
            </button>
          }
        >
          {rest.map((view) => (
            <MenuItem
              key={view.id}
              to={hrefOf(props.path, view)}
              hint={<CountOf counts={counts} id={view.id} />}
            >
              {name(view)}
            </MenuItem>
          ))}
        </Menu>
      )}
      {base?.mayChange && (
        <ViewMenu
          view={base}
          edited={here === null}
          onRename={() => setAsking({ kind: 'rename', view: base })}
          {...act}
        />
      )}
      {here === null && !builtIn.includes(current) && (
        <button type="button" className="new" onClick={() => setAsking({ kind: 'save' })}>
          <Icon icon={Plus} size={14} />
          Save view…
        </button>
      )}
      {asking && (
        <ViewDialog
          title={asking.kind === 'save' ? 'Save this view' : 'Rename the view'}
          name={asking.kind === 'save' ? '' : asking.view.name}
          taken={there.filter((view) => view.mine).map((view) => view.name)}
          askShared={asking.kind === 'save'}
          onClose={() => setAsking(null)}
          onSubmit={(text, shared) =>
            asking.kind === 'save' ? act.save(text, shared) : act.rename(asking.view, text)
          }
        />
      )}
    </>
  );
}

const hrefOf = (path: string, view: SavedView): string =>
  view.query === '' ? path : `${path}?${view.query}`;

/** The view that is open, or was until it was narrowed further. One of the page's own tabs ends that. */
function useBase(views: readonly SavedView[], here: SavedView | null, builtIn: boolean): SavedView | null {
  const [id, setId] = useState(here?.id ?? null);
  const wanted = here?.id ?? (builtIn ? null : id);
  if (wanted !== id) setId(wanted);
  return views.find((view) => view.id === wanted) ?? null;
}

/** The first few as tabs, the open one always among them. */
function split(views: readonly SavedView[], base: SavedView | null) {
  const tabs = views.slice(0, TABS_MAX);
  if (base && !tabs.includes(base)) tabs[TABS_MAX - 1] = base;
  return { tabs, rest: views.filter((view) => !tabs.includes(view)) };
}
