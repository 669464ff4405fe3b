import { CircleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Icon } from './icon.tsx';

export type SummaryError = { id: string | null; label: string | null; messages: readonly string[] };

/** What is wrong with a form, each line leading to its field; takes the focus when it appears. */
export function ErrorSummary({
  errors,
  title = 'This could not be saved yet',
}: {
  errors: readonly SummaryError[];
  title?: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const shown = errors.filter((error) => error.messages.length > 0);
  const count = shown.length;
  useEffect(() => {
    if (count > 0) box.current?.focus();
  }, [count]);
  if (count === 0) return null;
  return (
    <div ref={box} className="errsum" role="alert" tabIndex={-1}>
      <h2>
        <Icon icon={CircleAlert} size={14} />
        {title}
      </h2>
      <ul>
        {shown.map((error) => (
          <li key={`${error.id}-${error.messages.join()}`}>
            {error.id === null ? (
              error.messages.join(' ')
            ) : (
              <a href={`#${error.id}`} onClick={(event) => focusField(event, error.id)}>
                {error.label === null ? '' : `${error.label}: `}
                {error.messages.join(' ')}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function focusField(event: React.MouseEvent, id: string | null) {
  const field = id === null ? null : document.getElementById(id);
  if (!field) return;
  event.preventDefault();
  field.focus();
}

type ConformField = { id: string; errors?: string[] | undefined };

/** The lines of a conform form: its own errors first, then those of the named fields. */
export function summaryOf(
  form: { errors?: string[] | undefined },
  fields: readonly { label: string; field: ConformField }[],
): SummaryError[] {
  const own = { id: null, label: null, messages: form.errors ?? [] };
  return [own, ...fields.map(({ label, field }) => ({ id: field.id, label, messages: field.errors ?? [] }))];
}
