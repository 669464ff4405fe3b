import { currentView, type SavedView, SavedViews } from '#app/ui/saved-views.tsx';
import { type TabItem, Tabs } from '#app/ui/tabs.tsx';

/** The tabs of a finance list, then the views that people saved of it, with their counts. */
export function ViewTabs({
  page,
  current,
  items,
  views,
  here,
  builtIn,
}: {
  page: 'leads' | 'refunds';
  /** The tab that the address asks for. */
  current: string;
  items: readonly TabItem[];
  views: readonly SavedView[];
  /** The address as a view would keep it, and the page's own tabs in that form. */
  here: string;
  builtIn: readonly string[];
}) {
  return (
    <Tabs
      label={`Views of ${page}`}
      current={currentView(views, here) ? '' : current}
      items={items}
      end={
        <SavedViews
          page={page}
          path={`/${page}`}
          views={views}
          current={here}
          builtIn={builtIn}
          topics={['leads', 'refunds']}
        />
      }
    />
  );
}
