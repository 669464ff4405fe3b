import { Form } from '@remix-run/react';
import { ArrowLeft, Plus } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { Icon } from './icon.tsx';

export type FilterField = { key: string; label: string; hint?: string; editor: ReactNode };

/** "+ Filter": choose a field, then its value in the field's `editor` (a `FilterForm`). Closes on submit. */
export function FilterMenu({ fields, label = 'Filter' }: { fields: readonly FilterField[]; label?: string }) {
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState<string | null>(null);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The chosen field's button is gone: its first control takes the focus.
    if (key !== null)
      content.current?.querySelector<HTMLElement>('input:not([type=hidden]), select')?.focus();
  }, [key]);
  const field = fields.find((candidate) => candidate.key === key);
  const change = (next: boolean) => {
    setOpen(next);
    if (next) setKey(null);
  };
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Trigger asChild>
        <button type="button" className="chip add">
          <span>
            <Icon icon={Plus} size={12} />
            {label}
          </span>
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          ref={content}
          className={field ? 'pop' : 'menu'}
          align="start"
          sideOffset={4}
          collisionPadding={12}
          aria-label="Add a filter"
          onSubmit={() => setOpen(false)}
        >
          {field ? (
            <>
              <p className="row mb-2 med">
                <Button
                  variant="quiet"
                  small
                  icon={ArrowLeft}
                  aria-label="Other fields"
                  onClick={() => setKey(null)}
                />
                {field.label}
              </p>
              {field.editor}
            </>
          ) : (
            fields.map((item) => (
              <button key={item.key} type="button" className="menu-item" onClick={() => setKey(item.key)}>
                {item.label}
                {item.hint !== undefined && <span className="hint">{item.hint}</span>}
              </button>
            ))
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** A GET form that keeps the other parameters of the URL and sets this filter's. */
export function FilterForm({
  keep,
  action,
  children,
}: {
  /** The parameters that stay, as pairs; leave out this filter's own and the cursor. */
  keep: readonly (readonly [string, string])[];
  action?: string;
  children: ReactNode;
}) {
  return (
    <Form
      method="get"
      className="filter-pop"
      preventScrollReset
      {...(action === undefined ? {} : { action })}
    >
      {keep.map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      {children}
      <div className="acts">
        <Button type="submit" small>
          Apply
        </Button>
      </div>
    </Form>
  );
}

/** Several values of one field to tick ("is any of"). Each is sent as `name=value`. */
export function FilterOptions({
  name,
  options,
  chosen,
}: {
  name: string;
  options: readonly { value: string; label: ReactNode; note?: ReactNode }[];
  chosen: readonly string[];
}) {
  return (
    <div className="opts">
      {options.map((option) => (
        <Checkbox
          key={option.value}
          name={name}
          value={option.value}
          label={option.label}
          note={option.note}
          defaultChecked={chosen.includes(option.value)}
        />
      ))}
    </div>
  );
}
