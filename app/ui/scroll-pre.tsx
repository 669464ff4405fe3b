import clsx from 'clsx';
import type { ReactNode } from 'react';

/** Preformatted text that may scroll: it can be reached by keyboard and has a name. */
export function ScrollPre({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold preformatted text
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre className={clsx('code', className)} role="group" aria-label={label} tabIndex={0}>
      {children}
    </pre>
  );
}
