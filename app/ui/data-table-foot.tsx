import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button, ButtonLink } from './button.tsx';
import type { DataTableProps } from './data-table-types.ts';
import { Kbd } from './kbd.tsx';

/** Where this page lies, the keys once, and the way to the next rows. */
export function TableFoot<Row>({
  footer,
  selection,
  onOpen,
  rowHref,
  rows,
  rowKeys,
  onKeys,
}: Pick<DataTableProps<Row>, 'footer' | 'selection' | 'onOpen' | 'rowHref' | 'rows' | 'rowKeys'> & {
  onKeys: () => void;
}) {
  if (!footer) return null;
  return (
    <div className="foot">
      <span role="status">{footer.text}</span>
      {rows.length > 0 && (
        <span className="keys hide-s">
          <span aria-hidden="true">
            <Kbd>J</Kbd> <Kbd>K</Kbd> move
          </span>
          {(onOpen || rowHref) && <KeyHint cap="⏎" label="open" />}
          {selection && <KeyHint cap="X" label="select" />}
          {rowKeys
            ?.filter((key) => key.hint)
            .map((key) => (
              <KeyHint key={key.key} cap={key.key.toUpperCase()} label={key.label} />
            ))}
          <button type="button" className="inline-flex items-center gap-[3px]" onClick={onKeys}>
            <Kbd>?</Kbd> all keys
          </button>
        </span>
      )}
      <span className="end">
        <PageLink href={footer.prevHref} label="Previous page" icon={ChevronLeft} />
        <PageLink href={footer.nextHref} label="Next page" icon={ChevronRight} />
      </span>
    </div>
  );
}

function KeyHint({ cap, label }: { cap: string; label: string }) {
  return (
    <span aria-hidden="true">
      <Kbd>{cap}</Kbd> {label}
    </span>
  );
}

type PageLinkProps = { href: string | null | undefined; label: string; icon: typeof ChevronLeft };

function PageLink({ href, label, icon }: PageLinkProps) {
  if (href === undefined) return null;
  if (href === null) return <Button small icon={icon} aria-label={label} disabled />;
  return <ButtonLink small icon={icon} aria-label={label} to={href} />;
}
