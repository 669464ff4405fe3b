import { useRevalidator } from '@remix-run/react';
import { ChevronDown, Globe } from 'lucide-react';
import { forwardRef } from 'react';
import { formatTimeShort, zoneCity, zoneName } from '../platform/time-format.ts';
import { Icon } from './icon.tsx';
import { Menu, MenuHead, MenuRadio } from './menu.tsx';
import { writePreference } from './preferences.ts';
import { useNow, useZone } from './time-context.tsx';

const COMMON = [
  'UTC',
  'America/Los_Angeles',
  'America/Chicago',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Kyiv',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Sydney',
];

/** Chooses the zone all times are shown in; kept in the cookie `tz`, then the page is read again. */
export function ZoneMenu() {
  const zone = useZone();
  const { revalidate } = useRevalidator();
  const choose = (next: string) => {
    writePreference('tz', next);
    revalidate();
  };
  return (
    <Menu trigger={<Trigger zone={zone} />}>
      <MenuHead>Times are shown in</MenuHead>
      <Zones zone={zone} onChange={choose} />
    </Menu>
  );
}

const Trigger = forwardRef<HTMLButtonElement, { zone: string }>(function Trigger({ zone, ...rest }, ref) {
  const now = useNow(null);
  return (
    <button
      {...rest}
      ref={ref}
      type="button"
      className="hitem hide-s"
      title={`Times are shown in ${zone} (${zoneName(now, zone)})`}
      suppressHydrationWarning
    >
      <Icon icon={Globe} size={14} />
      <span className="sr">Time zone: </span>
      {zoneCity(zone)}
      <Icon icon={ChevronDown} size={12} />
    </button>
  );
});

/** Rendered only while the menu is open, so the browser's own zone may be asked for. */
function Zones({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const now = useNow(60_000);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([own, zone, ...COMMON])];
  const options = zones.map((value) => ({
    value,
    label: value === own ? `${zoneCity(value)}, this browser` : zoneCity(value),
    hint: `${formatTimeShort(now, now, value)} ${zoneName(now, value)}`,
  }));
  return <MenuRadio value={zone} options={options} onChange={onChange} />;
}
