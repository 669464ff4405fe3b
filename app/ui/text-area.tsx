import clsx from 'clsx';
import { type TextareaHTMLAttributes, useState } from 'react';
import { formatCount } from '../platform/time-format.ts';
import { describedBy, Field, type FieldProps } from './field.tsx';

type TextAreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'maxLength'> &
  Omit<FieldProps, 'children' | 'end'> & { max?: number; initial?: string };

/** A labelled text area with a counter that turns red beyond `max`; nothing is cut off while typing. */
export function TextArea({
  id,
  label,
  help,
  errors,
  errorId,
  descriptionId,
  max,
  initial = '',
  className,
  ...rest
}: TextAreaProps) {
  const [length, setLength] = useState([...initial].length);
  const over = max !== undefined && length > max;
  const counter =
    max === undefined ? undefined : (
      <span className={clsx('num', (over || errors?.length) && 'count-over')}>
        {formatCount(length)} / {formatCount(max)}
      </span>
    );
  return (
    <Field {...{ id, label, help, errors, errorId, descriptionId }} end={counter}>
      <textarea
        rows={3}
        {...rest}
        id={id}
        className={clsx('input', className)}
        defaultValue={rest.value === undefined ? initial : undefined}
        aria-invalid={over || errors?.length ? true : undefined}
        aria-describedby={describedBy(id, { help, errors, errorId, descriptionId })}
        onChange={(event) => {
          setLength([...event.target.value].length);
          rest.onChange?.(event);
        }}
      />
    </Field>
  );
}
