import { Link } from '@remix-run/react';
import { Copy, Filter, FilterX, ListFilter } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { createContext, Fragment, type ReactNode, useContext, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { MenuItem } from './menu.tsx';
import { notify } from './toast.tsx';

/** What one cell can narrow its list to. */
export type CellFilter = {
  /** "Cause". */
  field: string;
  /** The value as people read it, and as it is copied. */
  value: string;
  copy?: string;
  isTo: string;
  /** Absent where the list has no "is not" for it. */
  notTo?: string;
};

const shown = (text: string): string => (text.length > 32 ? `${text.slice(0, 31)}…` : text);

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify({ meaning: 'good', title: `Copied ${shown(text)}` });
  } catch {
    notify({
      meaning: 'needs',
      title: 'Not copied',
      detail: 'The browser refused the clipboard. Select the text and copy it.',
    });
  }
}

type Opened = { filters: readonly CellFilter[]; button: HTMLElement };
const OpenMenu = createContext<((opened: Opened) => void) | null>(null);

/**
 * One menu for all cells of a table: hundreds of closed ones would cost more than the rows. `FilterCell`s inside open
 * it at their place.
 */
export function CellMenu({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  return (
    <OpenMenu.Provider value={setOpened}>
      {children}
      {opened && <CellMenuAt opened={opened} onClose={() => setOpened(null)} />}
    </OpenMenu.Provider>
  );
}

function CellMenuAt({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  const { filters, button } = opened;
  const { left, top, width, height } = button.getBoundingClientRect();
  return (
    <Radix.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Radix.Trigger asChild>
        <span className="fanchor" aria-hidden="true" style={{ left, top, width, height }} />
      </Radix.Trigger>
      {/* inside the page's landmark, beside what it is about */}
      <Radix.Portal container={button.closest('main')}>
        <Radix.Content
          className="menu"
          align="start"
          sideOffset={4}
          collisionPadding={12}
          aria-label="Filter by this cell"
          aria-labelledby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            button.closest('tr')?.focus({ preventScroll: true });
          }}
        >
          {filters.map(({ field, value, copy, isTo, notTo }) => (
            <Fragment key={field}>
              <MenuItem icon={Filter} to={isTo}>
                {field} is {shown(value)}
              </MenuItem>
              {notTo !== undefined && (
                <MenuItem icon={FilterX} to={notTo}>
                  {field} is not {shown(value)}
                </MenuItem>
              )}
              <MenuItem icon={Copy} onSelect={() => void copyText(copy ?? value)}>
                Copy {shown(copy ?? value)}
              </MenuItem>
            </Fragment>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/**
 * A cell with a button that opens the table's `CellMenu`, shown under the pointer. For the pointer alone: a row would
 * be read aloud with all its buttons. Keyboards and screen readers have F on the row, see `RowFilters`.
 */
export function FilterCell({ filters, children }: { filters: readonly CellFilter[]; children: ReactNode }) {
  const open = useContext(OpenMenu);
  if (filters.length === 0 || !open) return children;
  return (
    <span className="fcell">
      <span className="fval">{children}</span>
      <button
        type="button"
        className="fbtn"
        tabIndex={-1}
        aria-hidden="true"
        title="Filter by this cell"
        onClick={(event) => open({ filters, button: event.currentTarget })}
      >
        <Icon icon={ListFilter} size={12} />
      </button>
    </span>
  );
}

/** All that a row can narrow its list to, reached by the key F. */
export function RowFilters({ filters, onClose }: { filters: readonly CellFilter[]; onClose: () => void }) {
  const link = (to: string, { field, value }: CellFilter, words: string) => (
    <Link
      to={to}
      className="link"
      preventScrollReset
      onClick={onClose}
      aria-label={`${field} ${words} ${shown(value)}`}
    >
      {words}
    </Link>
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="narrow"
      title="Narrow the list to what this row has"
      actions={<Button onClick={onClose}>Cancel</Button>}
    >
      <ul className="grid gap-2">
        {filters.map((filter) => (
          <li key={filter.field} className="row">
            <span className="grow trunc">
              {filter.field} <span className="mono">{shown(filter.value)}</span>
            </span>
            {link(filter.isTo, filter, 'is')}
            {filter.notTo !== undefined && link(filter.notTo, filter, 'is not')}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
