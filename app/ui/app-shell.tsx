import { Link, NavLink, useLocation } from '@remix-run/react';
import { FlaskConical, Menu, PanelLeftClose } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { Mark } from './mark.tsx';
import { writePreference } from './preferences.ts';
import { CountBadge, type NavItem, RailItem } from './rail-item.tsx';
import { useCutTitles } from './use-cut-titles.ts';

export type NavGroup = { label?: string; items: readonly NavItem[] };

export type AppShellProps = {
  nav: readonly NavGroup[];
  /** At the foot of the rail: Settings. */
  foot: readonly NavItem[];
  /** Up to four places in reach of a thumb; "More" opens the rest. */
  tabs: readonly NavItem[];
  /** The page's name, in the header of a phone. */
  title: string;
  /** From the cookie `rail=narrow` (`readPreferences`). */
  narrow: boolean;
  /** The band above everything while practice networks are in use. */
  practice?: ReactNode;
  /** Header slots: `CommandMenu`; `LiveIndicator` and `ZoneMenu`; `ThemeToggle` and `AvatarMenu`. */
  search: ReactNode;
  status?: ReactNode;
  account: ReactNode;
  children: ReactNode;
};

/** The frame of every signed-in page: rail, header, main, and a tab bar on a phone. */
export function AppShell(props: AppShellProps) {
  const [narrow, setNarrow] = useState(props.narrow);
  const main = useScrollToTop();
  useCutTitles();
  const toggle = () => {
    writePreference('rail', narrow ? 'wide' : 'narrow');
    setNarrow(!narrow);
  };
  return (
    <div className="app" data-rail={narrow ? 'narrow' : 'wide'}>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      {props.practice !== undefined && props.practice !== false && (
        <aside className="practice" aria-label="Practice">
          <Icon icon={FlaskConical} size={14} />
          <span>{props.practice}</span>
        </aside>
      )}
      <Rail {...props} narrow={narrow} onToggle={toggle} />
      <header className="header">
        <Link className="brand only-s" to="/">
          <Mark />
          <span>{props.title}</span>
        </Link>
        {props.search}
        <span className="grow hide-s" />
        {props.status}
        {props.status !== undefined && <span className="hsep hide-s" />}
        {props.account}
      </header>
      <main id="main" className="main" tabIndex={-1} ref={main}>
        {props.children}
      </main>
      <TabBar {...props} />
    </div>
  );
}

/** A new page starts at its top: <main> scrolls, not the window, so the router cannot do it. */
function useScrollToTop() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is the trigger, not an input
  useEffect(() => {
    main.current?.scrollTo({ top: 0 });
  }, [pathname]);
  return main;
}

type RailProps = Pick<AppShellProps, 'nav' | 'foot' | 'narrow'> & { onToggle: () => void };

function Rail({ nav, foot, narrow, onToggle }: RailProps) {
  const word = narrow ? 'Widen the menu' : 'Fold the menu';
  return (
    <nav className="rail" aria-label="Main">
      <Link className="brand" to="/">
        <Mark />
        <span>Leadline</span>
      </Link>
      <div className="rail-groups">
        <NavGroups nav={nav} />
      </div>
      <div className="foot">
        {foot.map((item) => (
          <RailItem key={item.to} {...item} />
        ))}
        <button type="button" className="item rail-fold" aria-label={word} title={word} onClick={onToggle}>
          <Icon icon={PanelLeftClose} />
        </button>
      </div>
    </nav>
  );
}

function NavGroups({ nav, onGo }: { nav: readonly NavGroup[]; onGo?: () => void }) {
  return (
    <>
      {nav.map((group) => (
        <div key={group.label ?? ''}>
          {group.label !== undefined && <p className="group">{group.label}</p>}
          {group.items.map((item) => (
            <RailItem key={item.to} {...item} onClick={onGo} />
          ))}
        </div>
      ))}
    </>
  );
}

function TabBar({ tabs, nav, foot }: Pick<AppShellProps, 'tabs' | 'nav' | 'foot'>) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <nav className="tabbar" aria-label="Main, short">
      {tabs.map(({ to, label, icon, count, end = false }) => (
        <NavLink key={to} to={to} end={end}>
          <Icon icon={icon} />
          {label}
          <CountBadge count={count} />
        </NavLink>
      ))}
      <button type="button" onClick={() => setOpen(true)} aria-haspopup="dialog">
        <Icon icon={Menu} />
        More
      </button>
      <Dialog open={open} onOpenChange={setOpen} title="All pages" size="narrow">
        <nav className="rail-sheet" aria-label="All pages">
          <NavGroups nav={nav} onGo={close} />
          <div>
            {foot.map((item) => (
              <RailItem key={item.to} {...item} onClick={close} />
            ))}
          </div>
        </nav>
      </Dialog>
    </nav>
  );
}
