import { CalendarClock, Download } from 'lucide-react';
import { ButtonLink } from './button.tsx';
import { Icon } from './icon.tsx';

/**
 * "Export CSV": everything that the list finds, as a file. `table` is the list's name in the console, `query` its own
 * query string (GET /export/<table>.csv). A plain link: the browser saves it while the page stays as it is. Beside it
 * "Schedule…": the same by email every week or month; `schedulable={false}` where that makes no sense.
 */
export function ExportLink({
  table,
  query,
  schedulable = true,
}: {
  table: string;
  query: string;
  schedulable?: boolean;
}) {
  const href = `/export/${table}.csv${query === '' ? '' : `?${query}`}`;
  return (
    <>
      <a className="btn s hide-s" href={href} download>
        <Icon icon={Download} />
        Export CSV
      </a>
      {schedulable && (
        <ButtonLink
          small
          className="hide-s"
          icon={CalendarClock}
          to={`/settings/exports/new?${new URLSearchParams({ list: table, query })}`}
          aria-label="Schedule this export by email…"
        />
      )}
    </>
  );
}
