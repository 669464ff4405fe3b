import type { LucideIcon } from 'lucide-react';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';

/** A chip that opens a menu: time range, order, columns. `children` are menu items. */
export function ChipMenu({
  label,
  value,
  icon,
  children,
}: {
  /** What is chosen here, for assistive technology: "Time range". */
  label: string;
  value: ReactNode;
  icon?: LucideIcon;
  children: ReactNode;
}) {
  return (
    <Menu
      label={label}
      trigger={
        <button type="button" className="chip">
          <span>
            {icon && <Icon icon={icon} size={12} />}
            <span className="sr">{label}: </span>
            <b>{value}</b>
            <Icon icon={ChevronDown} size={12} />
          </span>
        </button>
      }
    >
      {children}
    </Menu>
  );
}
