import { Monitor, Moon, SunMedium } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Icon } from './icon.tsx';
import { Menu, MenuHead, MenuRadio } from './menu.tsx';
import { type Theme, writePreference } from './preferences.ts';
import { applyTheme } from './theme.ts';

const OPTIONS = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'system', label: 'As the system' },
];
const ICONS = { light: SunMedium, dark: Moon, system: Monitor };

/** Light, dark or as the system; applied at once and kept in the cookie `theme`. */
export function ThemeToggle({ theme }: { theme: Theme }) {
  const [chosen, setChosen] = useState(theme);
  useEffect(() => setChosen(theme), [theme]);
  useEffect(() => {
    if (chosen !== 'system') return;
    const media = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => applyTheme('system');
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, [chosen]);
  const choose = (value: string) => {
    const next: Theme = value === 'light' || value === 'dark' ? value : 'system';
    setChosen(next);
    writePreference('theme', next);
    applyTheme(next);
  };
  const trigger = (
    <button type="button" className="hitem sq" aria-label="Theme" title="Theme">
      <Icon icon={ICONS[chosen]} />
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <MenuHead>Theme</MenuHead>
      <MenuRadio value={chosen} options={OPTIONS} onChange={choose} />
    </Menu>
  );
}
