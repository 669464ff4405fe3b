import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { Button } from './button.tsx';
import { hasOverlay, isTyping } from './shortcuts.ts';
import { useDocumentKey } from './use-document-key.ts';

export type DrawerProps = {
  /** Names the drawer for assistive technology: "Postback order_284213". */
  label: string;
  onClose: () => void;
  /** "1 of 1,284". */
  position?: string;
  /** The row before and after; null at the ends. ←/→ do the same. */
  onPrev?: (() => void) | null;
  onNext?: (() => void) | null;
  /** What a row is called: "row", "issue". */
  noun?: string;
  /** Small quiet buttons at the top right: copy link, open as page, more. */
  tools?: ReactNode;
  title: ReactNode;
  /** The sum at stake, right of the title. */
  amount?: ReactNode;
  /** The one right action. */
  action?: ReactNode;
  /** Badge and facts under the title. */
  meta?: ReactNode;
  children: ReactNode;
};

/** Keys that belong to what the focus is in rather than to walking rows. */
const OWN_ARROWS = 'pre, [data-own-arrows], [role="tablist"], [role="radiogroup"]';
const PHONE = '(max-width: 767px)';

/** The open row beside its list; over the whole screen on a phone. Not modal: the list stays in reach. */
export function Drawer({
  label,
  onClose,
  position,
  onPrev,
  onNext,
  noun = 'row',
  tools,
  children,
  ...head
}: DrawerProps) {
  const section = useRef<HTMLElement>(null);
  usePhoneFocus(section);
  useDocumentKey((event) => {
    if (event.defaultPrevented || isTyping(event.target) || hasOverlay()) return;
    if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.closest(OWN_ARROWS) && event.key !== 'Escape') return;
    const action = { Escape: onClose, ArrowLeft: onPrev, ArrowRight: onNext }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  return (
    <section ref={section} className="drawer" aria-label={label} data-drawer>
      <header>
        <div className="dtop">
          {position !== undefined && <span className="num mr-1">{position}</span>}
          {onPrev !== undefined && (
            <Button
              variant="quiet"
              small
              icon={ChevronUp}
              aria-label={`Previous ${noun}`}
              disabled={!onPrev}
              onClick={onPrev ?? undefined}
            />
          )}
          {onNext !== undefined && (
            <Button
              variant="quiet"
              small
              icon={ChevronDown}
              aria-label={`Next ${noun}`}
              disabled={!onNext}
              onClick={onNext ?? undefined}
            />
          )}
          <span className="end">
            {tools}
            <Button variant="quiet" small icon={X} aria-label="Close (Esc)" onClick={onClose} />
          </span>
        </div>
        <DetailHead {...head} />
      </header>
      <p className="sr" role="status">
        {label}
      </p>
      <div className="dbody">{children}</div>
    </section>
  );
}

/** Title, sum, action and badge line: the head of a drawer and of the same row's own page. */
export function DetailHead({
  title,
  amount,
  action,
  meta,
  level = 2,
}: Pick<DrawerProps, 'title' | 'amount' | 'action' | 'meta'> & { level?: 1 | 2 }) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <>
      <div className="dmain">
        <Heading className="grow trunc" tabIndex={-1}>
          {title}
        </Heading>
        {amount !== undefined && <span className="amount">{amount}</span>}
        {action}
      </div>
      {meta !== undefined && <div className="dmeta">{meta}</div>}
    </>
  );
}

/** Which heading sections have: 3 in a drawer, whose title is an h2; `<SectionLevel.Provider value={2}>` on a page of its own. */
export const SectionLevel = createContext<2 | 3>(3);

/** A part of a drawer or page with its small heading; `end` stands at the right. */
export function Section({
  title,
  meta,
  end,
  ruled = false,
  level,
  children,
}: {
  title: ReactNode;
  meta?: ReactNode;
  end?: ReactNode;
  ruled?: boolean;
  level?: 2 | 3;
  children: ReactNode;
}) {
  const under = useContext(SectionLevel);
  const Heading = (level ?? under) === 2 ? 'h2' : 'h3';
  return (
    <section className="sec">
      <Heading className={ruled ? 'ruled' : undefined}>
        {title}
        {meta !== undefined && <span className="meta">{meta}</span>}
        {end !== undefined && <span className="end">{end}</span>}
      </Heading>
      {children}
    </section>
  );
}

/** On a phone the drawer covers the page: focus goes in, and comes back to where it was. */
function usePhoneFocus(section: React.RefObject<HTMLElement | null>) {
  useEffect(() => {
    if (!matchMedia(PHONE).matches) return;
    const before = document.activeElement;
    section.current?.querySelector<HTMLElement>('h2')?.focus();
    const covered = [...document.querySelectorAll<HTMLElement>('.list, .header, .tabbar')];
    for (const element of covered) element.inert = true;
    return () => {
      for (const element of covered) element.inert = false;
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [section]);
}
