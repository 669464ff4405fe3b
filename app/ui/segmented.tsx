import { Link } from '@remix-run/react';
import clsx from 'clsx';

export type SegmentedOption<Value extends string> = { value: Value; label: string; to?: string };

/** Two to five ways to see one thing. With `to` the options are links and the choice lives in the URL. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  small = false,
  className,
}: {
  label: string;
  value: Value;
  options: readonly SegmentedOption<Value>[];
  onChange?: (value: Value) => void;
  small?: boolean;
  className?: string;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box and legend
    <span className={clsx('seg', small && 's', className)} role="group" aria-label={label}>
      {options.map((option) =>
        option.to === undefined ? (
          <button
            key={option.value}
            type="button"
            aria-pressed={option.value === value}
            onClick={() => onChange?.(option.value)}
          >
            {option.label}
          </button>
        ) : (
          <Link
            key={option.value}
            to={option.to}
            preventScrollReset
            aria-current={option.value === value ? 'true' : undefined}
          >
            {option.label}
          </Link>
        ),
      )}
    </span>
  );
}
