import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button, type ButtonLook } from './button.tsx';

/** Copies a text and says so. Without children a square icon named by `label`. */
export function CopyButton({
  text,
  label,
  children,
  variant = 'quiet',
  small = true,
  icon = Copy,
}: Pick<ButtonLook, 'variant' | 'small' | 'icon'> & {
  /** What goes to the clipboard; a function is asked at the press. */
  text: string | (() => string);
  /** "Copy request": the name of the square button. */
  label: string;
  children?: ReactNode;
}) {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2_000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'function' ? text() : text);
      setState('done');
    } catch {
      setState('failed');
    }
  };
  return (
    <>
      <Button
        variant={variant}
        small={small}
        icon={state === 'done' ? Check : icon}
        aria-label={children === undefined ? label : undefined}
        onClick={copy}
      >
        {children}
      </Button>
      <span className="sr" role="status">
        {state === 'done' && 'Copied'}
        {state === 'failed' && 'Not copied: the browser refused the clipboard. Select the text and copy it.'}
      </span>
    </>
  );
}
