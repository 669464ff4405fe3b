import { useEffect, useRef } from 'react';
import { Callout } from '#app/ui/callout.tsx';

/** Why the form as a whole was refused; takes the focus when it appears, so that it is read out. */
export function FormError({ title, errors }: { title: string; errors: readonly string[] | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  const text = errors?.join(' ') ?? '';
  useEffect(() => {
    if (text) box.current?.focus();
  }, [text]);
  if (!text) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1}>
      <Callout meaning="lost" title={title}>
        {text}
      </Callout>
    </div>
  );
}
