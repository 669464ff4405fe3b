import clsx from 'clsx';
import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from 'react';

type InputProps = ComponentPropsWithoutRef<'input'> & {
  mono?: boolean;
  prefix?: ReactNode;
  suffix?: ReactNode;
};

/** A one-line input. `mono` for ids and codes; prefix and suffix stand inside the box. */
export const TextInput = forwardRef<HTMLInputElement, InputProps>(function TextInput(
  { mono = false, prefix, suffix, className, ...rest },
  ref,
) {
  if (prefix === undefined && suffix === undefined) {
    return <input {...rest} ref={ref} className={clsx('input', mono && 'mono', className)} />;
  }
  return (
    <span className={clsx('input', className)}>
      {prefix !== undefined && <span className="affix">{prefix}</span>}
      <input {...rest} ref={ref} className={mono ? 'mono' : undefined} />
      {suffix !== undefined && <span className="affix">{suffix}</span>}
    </span>
  );
});
