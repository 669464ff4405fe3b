import { useLocation } from '@remix-run/react';
import { KeyRound, LogOut, Plus, UserRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Needs } from '#app/modules/reports/schema.ts';
import { AppShell } from '#app/ui/app-shell.tsx';
import { AvatarMenu } from '#app/ui/avatar-menu.tsx';
import { CommandMenu } from '#app/ui/command-menu.tsx';
import type { CommandGroup } from '#app/ui/command-store.ts';
import { LiveIndicator } from '#app/ui/live-indicator.tsx';
import { MenuItem } from '#app/ui/menu.tsx';
import type { Preferences } from '#app/ui/preferences.ts';
import { ThemeToggle } from '#app/ui/theme-toggle.tsx';
import { notify } from '#app/ui/toast.tsx';
import { useLive, useLiveState } from '#app/ui/use-live.ts';
import { ZoneMenu } from '#app/ui/zone-menu.tsx';
import type { Badges } from '../_console.badges/route.ts';
import { type Places, placesOf, titleOf } from './nav.ts';
import { searchIds } from './search-commands.ts';

export interface FrameData {
  user: { name: string; email: string; role: string };
  preferences: Preferences;
  needs: Needs;
  /** When `needs` was read, in milliseconds by the server's clock. */
  at: number;
  /** Names of accounts at practice networks. */
  practice: string[];
}

/** The shell around every signed-in page. */
export function Frame({ data, children }: { data: FrameData; children: ReactNode }) {
  const { pathname } = useLocation();
  const places = placesOf(useNeeds(data));
  const { user, preferences } = data;
  return (
    <AppShell
      nav={places.nav}
      foot={places.foot}
      tabs={places.tabs}
      title={titleOf(pathname, places)}
      narrow={preferences.narrow}
      {...(data.practice.length > 0 ? { practice: <PracticeWords accounts={data.practice} /> } : {})}
      search={<CommandMenu groups={commandsOf(places)} onSearch={searchIds} />}
      status={
        <>
          <LiveIndicator state={useLiveState()} />
          <ZoneMenu />
        </>
      }
      account={
        <>
          <ThemeToggle theme={preferences.theme} />
          <AvatarMenu name={user.name} email={user.email} role={user.role}>
            <MenuItem to="/settings/people" icon={UserRound}>
              People
            </MenuItem>
            <MenuItem icon={LogOut} onSelect={signOut}>
              Sign out
            </MenuItem>
          </AvatarMenu>
        </>
      }
    >
      {children}
    </AppShell>
  );
}

function PracticeWords({ accounts }: { accounts: readonly string[] }) {
  return (
    <>
      <b>Practice</b>
      <span className="hide-s">
        : {accounts.join(', ')} {accounts.length > 1 ? 'are practice networks' : 'is a practice network'} on
        this machine
      </span>
      , no real money moves
    </>
  );
}

/**
 * The counts of the rail, kept fresh by notices without reading the page itself again. A plain request rather than a
 * fetcher, which the router would read again with every action and every revalidation of any page.
 */
function useNeeds(data: FrameData): Needs {
  const [newer, setNewer] = useState<Badges | null>(null);
  useLive(['issues', 'breakers', 'jobs', 'outbox', 'leads', 'refunds'], () => {
    // a count that cannot be read now is read with the next notice or the next page
    readBadges().then(setNewer, () => {});
  });
  return newer?.needs && newer.at > data.at ? newer.needs : data.needs;
}

async function readBadges(): Promise<Badges> {
  const response = await fetch('/badges', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`The counts could not be read: ${response.status}`);
  return (await response.json()) as Badges;
}

/**
 * Signs out by a plain request: the page stays where no answer comes. A form of the router's would first load the code
 * of its target, and Remix reloads the page where that fails.
 */
function signOut(): void {
  const told = (): void =>
    void notify({
      meaning: 'needs',
      title: 'No answer came',
      detail: 'You may or may not be signed out. Press again once Leadline can be reached.',
    });
  fetch('/logout', { method: 'POST' }).then(
    (answer) => (answer.redirected ? location.assign('/login') : told()),
    told,
  );
}

/** Pages and actions that can be reached from anywhere. */
function commandsOf(places: Places): CommandGroup[] {
  const pages = [...places.nav.flatMap((group) => group.items), ...places.foot];
  return [
    { heading: 'Pages', items: pages.map(({ to, label, icon }) => ({ id: to, label, icon, to })) },
    {
      heading: 'Actions',
      items: [
        {
          id: 'import',
          label: 'Import a campaign',
          icon: Plus,
          to: '/campaigns/new',
          keywords: ['wizard', 'confirm tracking'],
        },
        {
          id: 'key',
          label: 'Make an API key',
          icon: KeyRound,
          to: '/settings/keys',
          keywords: ['token', 'bearer'],
        },
        {
          id: 'account',
          label: 'Add a network account',
          icon: Plus,
          to: '/settings/accounts/new',
          keywords: ['credentials'],
        },
        { id: 'sign-out', label: 'Sign out', icon: LogOut, onSelect: signOut },
      ],
    },
  ];
}
