import { describe, expect, test } from 'vitest';
import { DataTable } from './data-table.tsx';
import type { Column, DataTableProps } from './data-table-types.ts';
import { extended, NONE, pageToggled, toggled } from './selection-state.ts';
import { renderHtml, renderText } from './testing/render.tsx';
import type { Selection } from './use-selection.ts';

type Row = { id: string; name: string; state: string };
const ROWS: Row[] = [
  { id: 'r1', name: 'one', state: 'due' },
  { id: 'r2', name: 'two', state: 'due' },
  { id: 'r3', name: 'three', state: 'later' },
];
const COLUMNS: Column<Row>[] = [
  { id: 'name', header: 'Name', primary: true, sortable: true, cell: (row) => row.name },
  { id: 'state', header: 'State', card: 'meta', wide: true, cell: (row) => row.state },
  {
    id: 'act',
    header: 'Action',
    headerHidden: true,
    kind: 'actions',
    cell: () => <button type="button">Go</button>,
  },
];
const noop = () => {};
const selection: Selection = {
  ids: new Set(['r2']),
  allMatching: false,
  isEmpty: false,
  has: (id) => id === 'r2',
  toggle: noop,
  extend: noop,
  togglePage: noop,
  selectAllMatching: noop,
  clear: noop,
};

function table(props: Partial<DataTableProps<Row>> = {}) {
  return (
    <DataTable
      label="Things"
      columns={COLUMNS}
      rows={ROWS}
      rowId={(row) => row.id}
      rowHref={(row) => `/things/${row.id}`}
      empty={<p>Nothing yet</p>}
      {...props}
    />
  );
}
const rowsOf = (html: string) => html.match(/<tr [^>]*aria-rowindex[^>]*>/g) ?? [];

describe('DataTable', () => {
  test('names itself, counts its rows and numbers them', () => {
    const html = renderHtml(table({ total: 1284, from: 51 }));
    expect(html).toContain('aria-label="Things"');
    expect(html).toContain('aria-rowcount="1285"');
    expect(rowsOf(html).map((row) => /aria-rowindex="(\d+)"/.exec(row)?.[1])).toEqual([
      '1',
      '52',
      '53',
      '54',
    ]);
    expect(renderHtml(table())).toContain('aria-rowcount="-1"');
  });

  test('says which column is sorted, and links to the other direction', () => {
    const html = renderHtml(
      table({ sort: { id: 'name', dir: 'asc' }, sortHref: (id, dir) => `?sort=${id}.${dir}` }),
    );
    expect(html).toMatch(/<th scope="col"[^>]*aria-sort="ascending"/);
    expect(html.match(/aria-sort=/g)).toHaveLength(1);
    expect(html).toContain('?sort=name.desc');
  });

  test('exactly one row is in the tab order; selection and the open row are announced', () => {
    const html = renderHtml(table({ selection, openId: 'r3', onOpen: noop }));
    const rows = rowsOf(html).slice(1);
    expect(rows.filter((row) => row.includes('tabindex="0"'))).toHaveLength(1);
    expect(rows.map((row) => /aria-selected="(\w+)"/.exec(row)?.[1])).toEqual(['false', 'true', 'false']);
    expect(rows[2]).toContain('aria-current="true"');
    expect(html).toContain('aria-label="Select all rows on this page"');
  });

  test('rows that cannot be selected claim nothing', () => {
    expect(renderHtml(table())).not.toContain('aria-selected');
  });

  test('the primary cell carries the real link; action heads are there for screen readers', () => {
    const html = renderHtml(table());
    expect(html).toMatch(/<a class="rowlink"[^>]*href="\/things\/r1"/);
    expect(html).toContain('<span class="sr">Action</span>');
  });

  test('groups are row groups with their own heading', () => {
    const html = renderHtml(
      table({
        groupBy: (row) => row.state,
        groupLine: (key, rows) => ({ label: key, note: `${rows.length} things` }),
      }),
    );
    expect(html.match(/<th scope="rowgroup" colSpan="3">/gi)).toHaveLength(2);
    expect(html).toContain('2 things');
  });

  test('hidden columns leave head, cells and cards', () => {
    const html = renderHtml(table({ hiddenColumns: ['state'] }));
    expect(html).not.toContain('State');
    expect(html).not.toContain('later');
  });

  test('empty, loading and failed are three different things', () => {
    expect(renderText(table({ rows: [] }))).toContain('Nothing yet');
    const loading = renderHtml(table({ rows: [], status: 'loading' }));
    expect(loading).toContain('aria-busy="true"');
    expect(loading).not.toContain('Nothing yet');
    const failed = renderText(table({ rows: [], status: 'error', error: <p>Could not be read</p> }));
    expect(failed).toContain('Could not be read');
    expect(failed).not.toContain('Nothing yet');
  });

  test('page links: absent, at the end, and on', () => {
    const html = renderHtml(
      table({ footer: { text: '1–50 of 1,000+', prevHref: null, nextHref: '/?cursor=x' } }),
    );
    expect(html).toMatch(
      /<button[^>]*disabled[^>]*aria-label="Previous page"|aria-label="Previous page"[^>]*disabled/,
    );
    expect(html).toContain('href="/?cursor=x"');
    expect(renderHtml(table({ footer: { text: '3 of 3' } }))).not.toContain('Next page');
    expect(renderText(table({ footer: { text: '3 of 3' } }))).toContain('all keys');
    expect(renderText(table({ rows: [], footer: { text: '0 of 0' } }))).not.toContain('all keys');
  });
});

describe('selection', () => {
  const PAGE = ['a', 'b', 'c', 'd'];
  test('turns, extends and takes the page', () => {
    const one = toggled(NONE, 'b', PAGE);
    expect([...extended(one, 'd', PAGE).ids]).toEqual(['b', 'c', 'd']);
    expect([...toggled(one, 'b', PAGE).ids]).toEqual([]);
    expect([...pageToggled(one, PAGE).ids].sort()).toEqual(PAGE);
    expect([...pageToggled(pageToggled(one, PAGE), PAGE).ids]).toEqual([]);
  });

  test('turning a row while all matching are selected narrows to the page without it', () => {
    const state = toggled({ ...NONE, allMatching: true }, 'c', PAGE);
    expect(state.allMatching).toBe(false);
    expect([...state.ids]).toEqual(['a', 'b', 'd']);
  });

  test('beside an open drawer the line of a group spans only the columns that stay', () => {
    const grouped = {
      groupBy: (row: Row) => row.state,
      groupLine: (key: string) => ({ label: key, more: 'more' }),
    };
    const spans = (html: string) => html.match(/colspan="\d+"/gi)?.map((span) => span.replace(/\D/g, ''));
    expect(spans(renderHtml(table(grouped)))).toEqual(['3', '3', '3', '3']);
    // name and action stay; state is wide, and what fills its place is hidden with it
    const html = renderHtml(table({ ...grouped, onOpen: noop, openId: 'r1' }));
    expect(spans(html)).toEqual(['2', '1', '2', '1', '2', '1', '2', '1']);
    expect(html.match(/<td class="wide" colspan="1"/gi)).toHaveLength(4);
  });
});
