import clsx from 'clsx';

/** A person's initials; give the name beside it or set `named`. */
export function Avatar({
  name,
  small = false,
  named = false,
}: {
  name: string;
  small?: boolean;
  named?: boolean;
}) {
  return (
    <span
      className={clsx('avatar', small && 's')}
      aria-hidden={named ? undefined : true}
      title={named ? name : undefined}
    >
      {initials(name)}
    </span>
  );
}

/** "MO" of "Maya Okafor", "OP" of "ops@example.com". */
export function initials(name: string): string {
  const words = name
    .replace(/@.*/, '')
    .split(/[\s._-]+/)
    .filter(Boolean);
  const [first = '?', ...rest] = words;
  const last = rest.at(-1);
  return (last ? `${first.charAt(0)}${last.charAt(0)}` : first.slice(0, 2)).toUpperCase();
}
