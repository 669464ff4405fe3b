import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from 'react';

type ChoiceProps = Omit<ComponentPropsWithoutRef<'input'>, 'type'> & { label: ReactNode; note?: ReactNode };

/** A checkbox with its label and a line of explanation. */
export const Checkbox = forwardRef<HTMLInputElement, ChoiceProps>(function Checkbox(
  { label, note, ...rest },
  ref,
) {
  return (
    <label className="check">
      <input {...rest} ref={ref} type="checkbox" className="cb" />
      <span>
        {label}
        {note !== undefined && <span className="note">{note}</span>}
      </span>
    </label>
  );
});

/** A radio button with its label and a line of explanation. */
export const Radio = forwardRef<HTMLInputElement, ChoiceProps>(function Radio({ label, note, ...rest }, ref) {
  return (
    <label className="check">
      <input {...rest} ref={ref} type="radio" className="radio" />
      <span>
        {label}
        {note !== undefined && <span className="note">{note}</span>}
      </span>
    </label>
  );
});
