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
  register: (id: string, element: HTMLTableRowElement | null) => void;
};

/** Row focus, opening and the table's keys. Keys work on the whole page, except where somebody types. */
export function useTableRows<Row>(props: DataTableProps<Row>, onKeys: () => void): RowView<Row> {
  const { rows, rowId, rowHref, onOpen, openId, selection } = props;
  const navigate = useNavigate();
  const elements = useRef(new Map<string, HTMLTableRowElement>());
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    if (openId) setChosen(openId);
  }, [openId]);
  const ids = rows.map(rowId);
  const activeId = chosen !== null && ids.includes(chosen) ? chosen : (ids[0] ?? null);
  const rowOf = (id: string | null) => rows.find((row) => rowId(row) === id);

  const open = (row: Row) => {
    setChosen(rowId(row));
    if (onOpen) onOpen(rowId(row));
    else if (rowHref) navigate(rowHref(row));
  };
  const move = (step: 1 | -1) => {
    const at =
      chosen === null || !ids.includes(chosen) ? (step === 1 ? -1 : ids.length) : ids.indexOf(chosen);
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
    const onRow = target === document.body || (target instanceof HTMLElement && target.tagName === 'TR');
    if (!row || !onRow) return false;
    if (openId && openId === activeId) document.querySelector<HTMLElement>('[data-drawer] h2')?.focus();
    else open(row);
    return true;
  };
  const act = (key: string) => {
    const rowKey = props.rowKeys?.find((candidate) => candidate.key === key);
    if (!rowKey) return false;
    const picked = selection && !selection.isEmpty ? rows.filter((row) => selection.has(rowId(row))) : [];
    const current = rowOf(activeId);
    const targets = picked.length > 0 ? picked : current ? [current] : [];
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
    if (arrow && !(event.target instanceof HTMLElement && event.target.tagName === 'TR')) return;
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

function focusSearch(): boolean {
  const own = document.querySelector<HTMLElement>('[data-table-search]');
  if (own) own.focus();
  else document.querySelector<HTMLElement>('[data-command-trigger]')?.click();
  return true;
}
