import { Link } from '@remix-run/react';
import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';

export type ButtonLook = {
  /** primary: the one right next step of a surface · quiet: no box · danger: takes something away. */
  variant?: 'default' | 'primary' | 'quiet' | 'danger';
  small?: boolean;
  icon?: LucideIcon;
  /** An icon after the words, e.g. an arrow that leads away. */
  endIcon?: LucideIcon;
  /** The key that does the same, shown once per surface. */
  kbd?: string;
  children?: ReactNode;
};

const VARIANTS = { default: '', primary: 'p', quiet: 'g', danger: 'd' };

function lookClass({ variant = 'default', small, children }: ButtonLook, className?: string): string {
  const square = children === undefined || children === null || children === false;
  return clsx('btn', VARIANTS[variant], small && 's', square && 'sq', className);
}

function Content({ icon, endIcon, kbd, children }: ButtonLook) {
  return (
    <>
      {icon && <Icon icon={icon} />}
      {children}
      {endIcon && <Icon icon={endIcon} className="end-i" />}
      {kbd && <Kbd>{kbd}</Kbd>}
    </>
  );
}

export type ButtonProps = ButtonLook &
  Omit<ComponentPropsWithoutRef<'button'>, 'children'> & {
    /** Words shown beside a spinner while the action runs ("Sending"); presses are ignored meanwhile. */
    working?: string | false | undefined;
  };

/** A button. Without children it is a square icon and needs `aria-label`. Type is "button" unless said. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant, small, icon, endIcon, kbd, children, working, className, onClick, type = 'button', ...rest },
  ref,
) {
  const look = { variant, small, icon, endIcon, kbd, children };
  return (
    <button
      {...rest}
      ref={ref}
      type={type}
      className={lookClass(look, className)}
      data-primary={variant === 'primary' ? '' : undefined}
      aria-busy={working ? true : undefined}
      title={rest.title ?? (children === undefined ? rest['aria-label'] : undefined)}
      onClick={working ? (event) => event.preventDefault() : onClick}
    >
      {working ? (
        <>
          <span className="spin" />
          {working}
        </>
      ) : (
        <Content {...look} />
      )}
    </button>
  );
});

export type ButtonLinkProps = ButtonLook & Omit<ComponentPropsWithoutRef<typeof Link>, 'children'>;

/** A link that looks like a button: for going somewhere, never for doing something. */
export const ButtonLink = forwardRef<HTMLAnchorElement, ButtonLinkProps>(function ButtonLink(
  { variant, small, icon, endIcon, kbd, children, className, ...rest },
  ref,
) {
  const look = { variant, small, icon, endIcon, kbd, children };
  return (
    <Link
      {...rest}
      ref={ref}
      className={lookClass(look, className)}
      title={rest.title ?? (children === undefined ? rest['aria-label'] : undefined)}
    >
      <Content {...look} />
    </Link>
  );
});
