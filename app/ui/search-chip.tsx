import { Form } from '@remix-run/react';
import { Search } from 'lucide-react';
import { Icon } from './icon.tsx';

/** The search of one list; the key "/" goes here. Sends `name` and keeps the other parameters. */
export function SearchChip({
  name = 'q',
  value,
  placeholder,
  keep,
}: {
  name?: string;
  value: string;
  placeholder: string;
  keep: readonly (readonly [string, string])[];
}) {
  return (
    <Form method="get" className="chip-search" role="search" preventScrollReset>
      <Icon icon={Search} size={12} />
      {keep.map(([key, kept]) => (
        <input key={`${key}=${kept}`} type="hidden" name={key} value={kept} />
      ))}
      <input
        key={value}
        type="search"
        name={name}
        defaultValue={value}
        placeholder={placeholder}
        aria-label={placeholder}
        autoComplete="off"
        spellCheck={false}
        data-table-search
      />
    </Form>
  );
}
