import { Download } from 'lucide-react';
import { Icon } from './icon.tsx';

/**
 * "Export CSV": everything that the list finds, as a file. `table` is the list's name in the console, `query` its own
 * query string (GET /export/<table>.csv). A plain link: the browser saves it while the page stays as it is.
 */
export function ExportLink({ table, query }: { table: string; query: string }) {
  const href = `/export/${table}.csv${query === '' ? '' : `?${query}`}`;
  return (
    <a className="btn s hide-s" href={href} download>
      <Icon icon={Download} />
      Export CSV
    </a>
  );
}
