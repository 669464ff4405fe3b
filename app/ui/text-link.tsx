import { Link } from '@remix-run/react';
import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { ArrowUpRight } from 'lucide-react';
import type { ComponentPropsWithoutRef, ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** A link inside text or at the end of a line; `external` opens a new tab and says so. */
export function TextLink({
  to,
  icon,
  endIcon,
  external = false,
  className,
  children,
  ...rest
}: Omit<ComponentPropsWithoutRef<typeof Link>, 'children'> & {
  icon?: LucideIcon;
  endIcon?: LucideIcon;
  external?: boolean;
  children: ReactNode;
}) {
  const tail = endIcon ?? (external ? ArrowUpRight : undefined);
  const withIcon = icon || tail;
  return (
    <Link
      {...rest}
      to={to}
      className={clsx('link', withIcon && 'inline-flex items-center gap-1', className)}
      {...(external ? { target: '_blank', rel: 'noreferrer' } : {})}
    >
      {icon && <Icon icon={icon} size={14} />}
      {children}
      {tail && <Icon icon={tail} size={14} />}
      {external && <span className="sr"> (new tab)</span>}
    </Link>
  );
}
