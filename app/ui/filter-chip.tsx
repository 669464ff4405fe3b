import { Link } from '@remix-run/react';
import { X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Icon } from './icon.tsx';

/** One filter: field, operator, value. The value opens `editor`; the cross is a link that drops the filter. */
export function FilterChip({
  field,
  operator,
  value,
  removeTo,
  editor,
}: {
  field: string;
  /** "is any of", "at least", "contains". */
  operator: string;
  value: string;
  /** The URL without this filter. */
  removeTo: string;
  /** Content of the popover that changes the value: a `FilterForm`. */
  editor?: ReactNode;
}) {
  return (
    <span className="chip">
      <b>{field}</b>
      <span>{operator}</span>
      {editor === undefined ? <ValueText value={value} /> : <Editable {...{ field, value, editor }} />}
      <Link className="x" to={removeTo} preventScrollReset aria-label={`Remove filter ${field}`}>
        <Icon icon={X} size={12} />
      </Link>
    </span>
  );
}

function ValueText({ value }: { value: string }) {
  return (
    <b title={value}>
      <span className="v">{value}</span>
    </b>
  );
}

function Editable({ field, value, editor }: { field: string; value: string; editor: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button type="button" aria-label={`${field}: ${value}. Change`}>
          <b className="v">{value}</b>
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="pop"
          align="start"
          sideOffset={4}
          collisionPadding={12}
          aria-label={`Filter ${field}`}
          onSubmit={() => setOpen(false)}
        >
          {editor}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
