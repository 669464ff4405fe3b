import clsx from 'clsx';
import { ChevronDown } from 'lucide-react';
import { type ComponentPropsWithoutRef, forwardRef } from 'react';
import { Icon } from './icon.tsx';

/** A native select: right on every phone and with every keyboard. */
export const Select = forwardRef<HTMLSelectElement, ComponentPropsWithoutRef<'select'>>(function Select(
  { className, children, ...rest },
  ref,
) {
  return (
    <span className="selectbox">
      <select {...rest} ref={ref} className={clsx('input', className)}>
        {children}
      </select>
      <Icon icon={ChevronDown} size={14} />
    </span>
  );
});
