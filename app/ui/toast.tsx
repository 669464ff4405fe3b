import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { Send, X } from 'lucide-react';
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';
import { Toaster as Sonner, toast } from 'sonner';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { type Meaning, meaningIcon, meaningVars } from './meaning.ts';
import { isShortcut } from './shortcuts.ts';
import { every } from './ticker.ts';
import { useDocumentKey } from './use-document-key.ts';

const READ_MS = 6_000;
const UNDO_SECONDS = 10;
/** Undo toasts on screen, oldest first: the key Z belongs to the newest. */
const undoable: (string | number)[] = [];

/** Where toasts appear. Once, in the root. */
export function Toaster() {
  return <Sonner position="bottom-right" offset={16} mobileOffset={12} gap={8} visibleToasts={4} expand />;
}

export type Notice = {
  meaning: Meaning;
  icon?: LucideIcon;
  title: ReactNode;
  detail?: ReactNode;
  action?: { label: string; onPress: () => void };
};

/**
 * Says what came of an action. Stays until read when it needs a person or money is lost. Takes the place of the one
 * with the same id, where one is given. Returns its id.
 */
export function notify(notice: Notice, id?: string): string | number {
  const stays = notice.meaning === 'needs' || notice.meaning === 'lost';
  return toast.custom((own) => <NoticeCard id={own} notice={notice} />, {
    duration: stays ? Infinity : READ_MS,
    ...(id === undefined ? {} : { id }),
  });
}

/** Takes a toast back that no longer holds. */
export const withdraw = (id: string): void => void toast.dismiss(id);

function NoticeCard({ id, notice }: { id: string | number; notice: Notice }) {
  const { action } = notice;
  const press = () => {
    action?.onPress();
    toast.dismiss(id);
  };
  return (
    <Card {...notice}>
      {action && (
        <Button small onClick={press}>
          {action.label}
        </Button>
      )}
      <Button variant="quiet" small icon={X} aria-label="Close" onClick={() => toast.dismiss(id)} />
    </Card>
  );
}

export type UndoNotice = {
  /** "Disputing order_84942" */
  title: ReactNode;
  /** Words before the seconds: "Leaves". */
  verb?: string;
  seconds?: number;
  onUndo: () => void;
  /** When the time is over and the toast goes. */
  onElapsed?: () => void;
};

/** Ten seconds to take an action back, with a bar that runs out; Z or the button undoes. Returns its id. */
export function undoToast(notice: UndoNotice): string | number {
  return toast.custom((id) => <UndoCard id={id} notice={notice} />, { duration: Infinity });
}

function UndoCard({ id, notice }: { id: string | number; notice: UndoNotice }) {
  const { title, verb = 'Leaves', seconds = UNDO_SECONDS, onUndo, onElapsed } = notice;
  const [left, setLeft] = useState(seconds);
  const elapsed = useRef(onElapsed);
  useEffect(() => {
    const end = Date.now() + seconds * 1_000;
    undoable.push(id);
    const stop = every(250, () => {
      const rest = Math.max(0, Math.ceil((end - Date.now()) / 1_000));
      setLeft(rest);
      if (rest > 0) return;
      stop();
      toast.dismiss(id);
      elapsed.current?.();
    });
    return () => {
      stop();
      undoable.splice(undoable.indexOf(id), 1);
    };
  }, [id, seconds]);
  const undo = () => {
    toast.dismiss(id);
    onUndo();
  };
  useDocumentKey((event) => {
    if (event.key !== 'z' || undoable.at(-1) !== id || !isShortcut(event)) return;
    event.preventDefault();
    undo();
  });
  return (
    <Card meaning="waiting" icon={Send} title={title} detail={`${verb} in ${left} s`}>
      <Button small kbd="Z" onClick={undo}>
        Undo
      </Button>
      <span className="time" style={{ '--run': `${seconds}s` } as CSSProperties} aria-hidden="true" />
    </Card>
  );
}

function Card({ meaning, icon, title, detail, children }: Omit<Notice, 'action'> & { children: ReactNode }) {
  return (
    <div className={clsx('toast', meaningVars(meaning))}>
      <Icon icon={icon ?? meaningIcon(meaning)} />
      <p>
        {title}
        {detail !== undefined && <span>{detail}</span>}
      </p>
      {children}
    </div>
  );
}
