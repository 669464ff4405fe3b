import { Link } from '@remix-run/react';
import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon } from './icon.tsx';

/** A menu under a button. `trigger` is one element that takes a ref: a `Button`, a chip. */
export function Menu({
  trigger,
  align = 'end',
  label,
  children,
}: {
  trigger: ReactElement;
  align?: 'start' | 'end';
  label?: string;
  children: ReactNode;
}) {
  const button = useRef<HTMLButtonElement>(null);
  // known before it opens: a menu that is moved while it is open closes
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => setPlace(landmarkOf(button.current)), []);
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild ref={button}>
        {trigger}
      </Radix.Trigger>
      <Radix.Portal container={place}>
        <Radix.Content
          className="menu"
          align={align}
          sideOffset={4}
          collisionPadding={12}
          // opened with the pointer none of its items has the focus: a long one must scroll by keyboard all the same
          tabIndex={0}
          {...(label === undefined ? {} : { 'aria-label': label, 'aria-labelledby': undefined })}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ItemProps = {
  icon?: LucideIcon;
  hint?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  children: ReactNode;
};

/** The part of the page that an element stands in: what it opens belongs there, for those who go by landmarks. */
const landmarkOf = (element: Element | null): HTMLElement | null =>
  element?.closest<HTMLElement>('[role="dialog"], main, header.header') ?? null;

/** Something to do (`onSelect`) or somewhere to go (`to`). */
export function MenuItem({
  icon,
  hint,
  danger = false,
  disabled = false,
  to,
  onSelect,
  children,
}: ItemProps & { to?: string; onSelect?: () => void }) {
  const content = (
    <>
      {icon && <Icon icon={icon} size={14} />}
      <span>{children}</span>
      {hint !== undefined && <span className="hint">{hint}</span>}
    </>
  );
  const className = clsx('menu-item', danger && 'danger');
  if (to !== undefined) {
    return (
      <Radix.Item asChild disabled={disabled}>
        <Link to={to} className={className}>
          {content}
        </Link>
      </Radix.Item>
    );
  }
  return (
    <Radix.Item className={className} disabled={disabled} onSelect={onSelect}>
      {content}
    </Radix.Item>
  );
}

/** Several to tick; stays open while ticking (columns). */
export function MenuCheckbox({
  checked,
  onChange,
  disabled = false,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <Radix.CheckboxItem
      className="menu-item"
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="tick">{checked && <Icon icon={Check} size={14} />}</span>
      {children}
    </Radix.CheckboxItem>
  );
}

export type MenuOption = { value: string; label: ReactNode; hint?: ReactNode };

/** One of several. */
export function MenuRadio({
  value,
  options,
  onChange,
}: {
  value: string;
  options: readonly MenuOption[];
  onChange: (value: string) => void;
}) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChange}>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className="menu-item">
          <span className="tick">{option.value === value && <Icon icon={Check} size={14} />}</span>
          <span>{option.label}</span>
          {option.hint !== undefined && <span className="hint">{option.hint}</span>}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

/** A small heading inside a menu. */
export function MenuHead({ children }: { children: ReactNode }) {
  return <Radix.Label className="menu-head">{children}</Radix.Label>;
}

/** A line between parts of a menu. */
export function MenuSeparator() {
  return <Radix.Separator className="menu-sep" />;
}
