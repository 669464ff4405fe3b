import clsx from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { Button } from './button.tsx';

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** One line under the title: what the action does. */
  description?: ReactNode;
  /** narrow 420, default 560, wide 760 px; on a phone all are sheets from below. */
  size?: 'narrow' | 'default' | 'wide';
  /** Left in the foot: what happens after the press. */
  note?: ReactNode;
  /** Right in the foot: buttons, the primary last. ⌘⏎ presses the primary. */
  actions?: ReactNode;
  children: ReactNode;
};

/** A modal dialog for deciding, never for reading. A form inside: give it an id and the button `form={id}`. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  size = 'default',
  note,
  actions,
  children,
}: DialogProps) {
  const content = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    content.current?.querySelector<HTMLButtonElement>('button[data-primary]:not(:disabled)')?.click();
  };
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="scrim">
          <Radix.Content
            ref={content}
            className={clsx('dialog', size !== 'default' && `${size}-d`)}
            onKeyDown={onKeyDown}
            {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          >
            <header>
              <div className="grow">
                <Radix.Title asChild>
                  <h2>{title}</h2>
                </Radix.Title>
                {description !== undefined && (
                  <Radix.Description className="c3">{description}</Radix.Description>
                )}
              </div>
              <Radix.Close asChild>
                <Button variant="quiet" small icon={X} aria-label="Close (Esc)" />
              </Radix.Close>
            </header>
            <div className="body">{children}</div>
            {(note !== undefined || actions !== undefined) && (
              <footer>
                {note !== undefined && <span className="fnote c3 text-12">{note}</span>}
                <span className="end">{actions}</span>
              </footer>
            )}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
