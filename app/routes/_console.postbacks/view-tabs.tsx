import { currentView, SavedViews } from '#app/ui/saved-views.tsx';
import { Tabs } from '#app/ui/tabs.tsx';
import { type ListState, VIEWS, viewHref, viewOf, viewQuery, writeState } from './filters.ts';
import { counted } from './list-words.ts';
import type { ListPageData } from './page-data.server.ts';

const BUILT_IN = VIEWS.map(viewQuery);

/** The views that everybody has, then the saved ones, with their counts. */
export function ViewTabs({ state, data }: { state: ListState; data: ListPageData }) {
  const here = writeState({ ...state, after: null, before: null, open: null }).toString();
  return (
    <Tabs
      label="Views"
      current={currentView(data.views, here) ? '' : viewOf(state)}
      items={VIEWS.map((view, i) => {
        const count = data.counts[i];
        return {
          key: view.key,
          to: viewHref(state, view),
          label: view.label,
          count: count ? counted(count) : null,
        };
      })}
      end={
        <SavedViews
          page="postbacks"
          path="/postbacks"
          views={data.views}
          current={here}
          builtIn={BUILT_IN}
          topics={['postbacks']}
        />
      }
    />
  );
}
