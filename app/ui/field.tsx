import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

export type FieldProps = {
  /** The control's id; conform gives it as `field.id`. */
  id: string;
  label: ReactNode;
  /** Right of the label: "optional", or a counter. */
  end?: ReactNode;
  help?: ReactNode;
  /** conform: `field.errors`. Says what is wrong and what to do. */
  errors?: readonly string[] | undefined;
  /** conform: `field.errorId` and `field.descriptionId`. */
  errorId?: string;
  descriptionId?: string;
  children: ReactNode;
};

/** A label, its control, help and errors. With conform: `<Field {...fieldOf(meta)} label>` around the control. */
export function Field({ id, label, end, help, errors, errorId, descriptionId, children }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {end !== undefined && <span className="opt">{end}</span>}
      </label>
      {children}
      {errors && errors.length > 0 && (
        <p className="help err" id={errorId ?? `${id}-error`}>
          <Icon icon={CircleAlert} size={13} />
          <span>{errors.join(' ')}</span>
        </p>
      )}
      {help !== undefined && (
        <p className="help" id={descriptionId ?? `${id}-description`}>
          {help}
        </p>
      )}
    </div>
  );
}

/** The part of a conform field that `Field` needs. */
export function fieldOf(meta: {
  id: string;
  errorId: string;
  descriptionId: string;
  errors?: string[] | undefined;
}) {
  return { id: meta.id, errorId: meta.errorId, descriptionId: meta.descriptionId, errors: meta.errors };
}

/** Ids that describe a control, for `aria-describedby`. */
export function describedBy(
  id: string,
  field: Pick<FieldProps, 'help' | 'errors' | 'errorId' | 'descriptionId'>,
) {
  const ids = [
    field.errors?.length ? (field.errorId ?? `${id}-error`) : null,
    field.help !== undefined ? (field.descriptionId ?? `${id}-description`) : null,
  ].filter((value) => value !== null);
  return ids.length > 0 ? ids.join(' ') : undefined;
}
