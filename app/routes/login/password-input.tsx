import { Eye, EyeOff } from 'lucide-react';
import { type ComponentPropsWithoutRef, useEffect, useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { TextInput } from '#app/ui/text-input.tsx';

/** A password, which can be looked at while it is typed. Without JavaScript it is a plain password input. */
export function PasswordInput(props: Omit<ComponentPropsWithoutRef<'input'>, 'type' | 'prefix'>) {
  const [ready, setReady] = useState(false);
  const [shown, setShown] = useState(false);
  useEffect(() => setReady(true), []);
  const toggle = ready ? (
    <Button
      variant="quiet"
      small
      icon={shown ? EyeOff : Eye}
      aria-label={shown ? 'Hide the password' : 'Show the password'}
      aria-controls={props.id}
      onClick={() => setShown(!shown)}
      className="-mr-2"
    />
  ) : undefined;
  return (
    <TextInput {...props} type={shown ? 'text' : 'password'} suffix={toggle ?? null} spellCheck={false} />
  );
}
