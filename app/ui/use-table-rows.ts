import { useNavigate } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { DataTableProps } from './data-table-types.ts';
import { isShortcut } from './shortcuts.ts';
import { useDocumentKey } from './use-document-key.ts';

/** Which row is in view, and what keys and clicks do to it. */
export type RowView<Row> = {
  ids: string[];
  /** The row that Tab reaches (roving tabindex). */
  activeId: string | null;
  opens: boolean;
  setActive: (id: string) => void;
  open: (row: Row) => void;
  register: (id: string, element: HTMLElement | null) => void;
};

/** What of a table or list the keys need to know. */
export type RowsInView<Row> = Pick<
  DataTableProps<Row>,
  'rows' | 'rowId' | 'rowHref' | 'onOpen' | 'openId' | 'selection' | 'rowKeys'
>;

/** Row focus, opening and the table's keys. Keys work on the whole page, except where somebody types. */
export function useTableRows<Row>(props: RowsInView<Row>, onKeys: () => void): RowView<Row> {
  const { rows, rowId, rowHref, onOpen, openId, selection } = props;
  const navigate = useNavigate();
  const elements = useRef(new Map<string, HTMLElement>());
  const [chosen, setChosen] = useState<string | null>(null);
  const wasOpen = useRef<string | null>(null);
  useEffect(() => {
    const closed = openId ? null : wasOpen.current;
    wasOpen.current = openId ?? null;
    if (openId) setChosen(openId);
    const row = elements.current.get(openId ?? closed ?? '');
    if (row && mayFollow(document.activeElement, closed !== null))
      row.focus({ preventScroll: openId === null });
  }, [openId]);
  const ids = rows.map(rowId);
  const current = [openId, chosen].find((id) => id != null && ids.includes(id)) ?? null;
  const activeId = current ?? ids[0] ?? null;
  const rowOf = (id: string | null) => rows.find((row) => rowId(row) === id);

  const open = (row: Row) => {
    setChosen(rowId(row));
    if (onOpen) onOpen(rowId(row));
    else if (rowHref) navigate(rowHref(row));
  };
  const move = (step: 1 | -1) => {
    const at = current === null ? (step === 1 ? -1 : ids.length) : ids.indexOf(current);
    const id = ids[Math.min(Math.max(at + step, 0), ids.length - 1)];
    const row = id === undefined ? undefined : rowOf(id);
    if (id === undefined || row === undefined) return;
    setChosen(id);
    const inDrawer = document.activeElement?.closest('[data-drawer]');
    if (!inDrawer) elements.current.get(id)?.focus({ preventScroll: true });
    elements.current.get(id)?.scrollIntoView({ block: 'nearest' });
    if (openId && onOpen) onOpen(id);
  };
  const enter = (target: EventTarget | null) => {
    const row = rowOf(activeId);
    if (!row || !(target === document.body || isRow(target))) return false;
    if (openId && openId === activeId) document.querySelector<HTMLElement>('[data-drawer] h2')?.focus();
    else open(row);
    return true;
  };
  const act = (key: string) => {
    const rowKey = props.rowKeys?.find((candidate) => candidate.key === key);
    if (!rowKey) return false;
    const picked = selection && !selection.isEmpty ? rows.filter((row) => selection.has(rowId(row))) : [];
    const inView = rowOf(activeId);
    const targets = picked.length > 0 ? picked : inView ? [inView] : [];
    if (targets.length > 0) rowKey.run(targets);
    return true;
  };
  const onKey = (key: string, target: EventTarget | null): boolean => {
    if (key === 'j' || key === 'ArrowDown') move(1);
    else if (key === 'k' || key === 'ArrowUp') move(-1);
    else if (key === 'Enter') return enter(target);
    else if (key === 'x' && selection && activeId) selection.toggle(activeId, ids);
    else if (key === '/') return focusSearch();
    else if (key === '?') onKeys();
    else if (key === 'Escape' && selection && !selection.isEmpty && !openId) selection.clear();
    else return act(key);
    return true;
  };
  useDocumentKey((event) => {
    const arrow = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    if (arrow && !isRow(event.target)) return;
    if (isShortcut(event) && onKey(event.key, event.target)) event.preventDefault();
  });

  return {
    ids,
    activeId,
    opens: onOpen !== undefined || rowHref !== undefined,
    setActive: setChosen,
    open,
    register: (id, element) => {
      if (element) elements.current.set(id, element);
      else elements.current.delete(id);
    },
  };
}

const isRow = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.hasAttribute('data-row');

/** The focus goes along with the open row from another row, and comes back to it from a drawer that is gone. */
const mayFollow = (focused: Element | null, closed: boolean) =>
  closed ? focused === null || focused === document.body : isRow(focused);

function focusSearch(): boolean {
  const own = document.querySelector<HTMLElement>('[data-table-search]');
  if (own) own.focus();
  else document.querySelector<HTMLElement>('[data-command-trigger]')?.click();
  return true;
}
