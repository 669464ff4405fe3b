import type { Config } from 'tailwindcss';

/** A token of app/styles/tokens.css; the theme changes by `data-theme`, so no `dark:` variants are needed. */
const v = (name: string) => `var(--${name})`;

/** The four shades of one meaning. */
const meaning = (name: string) => ({
  fg: v(`${name}-fg`),
  bg: v(`${name}-bg`),
  border: v(`${name}-border`),
  solid: v(`${name}-solid`),
});

/** A type size with its line height. */
const type = (size: number): [string, string] => [v(`t-${size}`), v(`lh-${size}`)];

export default {
  content: ['./app/**/*.{ts,tsx}'],
  darkMode: ['selector', '[data-theme="dark"]'],
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      bg: {
        DEFAULT: v('bg'),
        rail: v('bg-rail'),
        sunken: v('bg-sunken'),
        raised: v('bg-raised'),
        hover: v('bg-hover'),
        active: v('bg-active'),
        selected: v('bg-selected'),
        code: v('bg-code'),
      },
      fg: { DEFAULT: v('fg'), 2: v('fg-2'), 3: v('fg-3'), disabled: v('fg-disabled') },
      line: { DEFAULT: v('border'), strong: v('border-strong'), field: v('border-field') },
      accent: {
        DEFAULT: v('accent'),
        hover: v('accent-hover'),
        on: v('accent-on'),
        fg: v('accent-fg'),
        bg: v('accent-bg'),
        border: v('accent-border'),
      },
      good: meaning('good'),
      waiting: meaning('waiting'),
      needs: meaning('needs'),
      lost: meaning('lost'),
      series: {
        1: v('series-1'),
        2: v('series-2'),
        3: v('series-3'),
        4: v('series-4'),
        5: v('series-5'),
        6: v('series-6'),
      },
    },
    fontFamily: { sans: v('font'), mono: v('mono') },
    fontSize: {
      11: type(11),
      12: type(12),
      13: type(13),
      14: type(14),
      16: type(16),
      18: type(18),
      22: type(22),
      28: type(28),
    },
    fontWeight: { regular: v('w-regular'), medium: v('w-medium'), semibold: v('w-semibold') },
    borderRadius: {
      none: '0',
      1: v('r-1'),
      2: v('r-2'),
      3: v('r-3'),
      4: v('r-4'),
      full: v('r-full'),
    },
    boxShadow: {
      none: 'none',
      1: v('shadow-1'),
      2: v('shadow-2'),
      3: v('shadow-3'),
      drawer: v('shadow-drawer'),
      focus: v('focus'),
    },
    extend: {
      spacing: {
        1: v('s-1'),
        2: v('s-2'),
        3: v('s-3'),
        4: v('s-4'),
        5: v('s-5'),
        6: v('s-6'),
        8: v('s-8'),
        10: v('s-10'),
        12: v('s-12'),
        row: v('row'),
        control: v('control'),
        'control-s': v('control-s'),
        header: v('header'),
        rail: v('rail'),
        drawer: v('drawer'),
      },
      screens: { wide: '1181px' },
      transitionDuration: { 1: v('d-1'), 2: v('d-2'), 3: v('d-3') },
      transitionTimingFunction: { out: v('ease-out'), in: v('ease-in') },
    },
  },
} satisfies Config;
