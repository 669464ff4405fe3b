import { forwardRef, type ReactNode } from 'react';
import { Avatar } from './avatar.tsx';
import { Menu, MenuSeparator } from './menu.tsx';

/** The signed-in person's menu; `children` are `MenuItem`s, signing out among them. */
export function AvatarMenu({
  name,
  email,
  role,
  children,
}: {
  name: string;
  email: string;
  role?: string;
  children: ReactNode;
}) {
  return (
    <Menu trigger={<Trigger name={name} />}>
      <div className="px-2 pt-1.5 pb-1">
        <p className="med">{name}</p>
        <p className="c3 text-12">
          {email}
          {role !== undefined && `, ${role}`}
        </p>
      </div>
      <MenuSeparator />
      {children}
    </Menu>
  );
}

const Trigger = forwardRef<HTMLButtonElement, { name: string }>(function Trigger({ name, ...rest }, ref) {
  return (
    <button
      {...rest}
      ref={ref}
      type="button"
      className="hitem sq"
      aria-label={`Account: ${name}`}
      title={name}
    >
      <Avatar name={name} />
    </button>
  );
});
