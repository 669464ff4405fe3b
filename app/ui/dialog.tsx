import clsx from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, type RefObject, useRef, useState } from 'react';
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
export function Dialog({ open, onOpenChange, ...parts }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="scrim">
          <DialogContent {...parts} />
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Mounted while the dialog is open. */
function DialogContent({
  title,
  description,
  size = 'default',
  note,
  actions,
  children,
}: Omit<DialogProps, 'open' | 'onOpenChange'>) {
  const content = useRef<HTMLDivElement>(null);
  const focus = useDialogFocus(content);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    content.current?.querySelector<HTMLButtonElement>('button[data-primary]:not(:disabled)')?.click();
  };
  return (
    <Radix.Content
      ref={content}
      className={clsx('dialog', size !== 'default' && `${size}-d`)}
      onKeyDown={onKeyDown}
      {...focus}
      {...(description === undefined ? { 'aria-describedby': undefined } : {})}
    >
      <header>
        <div className="grow">
          <Radix.Title asChild>
            <h2>{title}</h2>
          </Radix.Title>
          {description !== undefined && <Radix.Description className="c3">{description}</Radix.Description>}
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
  );
}

const FIELDS =
  '.body input:not([type="hidden"], [type="checkbox"], [type="radio"], :disabled), .body textarea:not(:disabled), .body select:not(:disabled)';

/** Opening goes to the first field, else to the primary button, else to the dialog; closing goes back to where the focus was, or to the row in view. */
function useDialogFocus(content: RefObject<HTMLElement | null>) {
  // before a field inside takes the focus by itself
  const [before] = useState(() => document.activeElement);
  return {
    onOpenAutoFocus: (event: Event) => {
      const find = (what: string) => content.current?.querySelector<HTMLElement>(what);
      // never on what destroys something, and not on Close: the dialog itself is read from its title on
      const first = find(FIELDS) ?? find('button[data-primary]:not(:disabled, .d)') ?? content.current;
      event.preventDefault();
      first?.focus();
    },
    onCloseAutoFocus: (event: Event) => {
      // Radix would go to a trigger, and these dialogs have none
      event.preventDefault();
      const there = before instanceof HTMLElement && before.isConnected && before !== document.body;
      const back = there ? before : document.querySelector<HTMLElement>('[data-row][tabindex="0"]');
      back?.focus({ preventScroll: true });
    },
  };
}
