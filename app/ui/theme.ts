import type { Theme } from './preferences.ts';

/**
 * The script that sets `data-theme` before the first paint where the choice is "system". Put it into <head>
 * with the page's nonce; with a fixed choice render `<html data-theme={theme}>` and leave the script in place.
 */
export const THEME_SCRIPT =
  "(()=>{const e=document.documentElement;if(!e.dataset.theme){e.dataset.theme=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light';e.dataset.themeSystem=''}})()";

/** The attribute for <html>: undefined for "system", which the script then fills in. */
export function themeAttribute(theme: Theme): 'light' | 'dark' | undefined {
  return theme === 'system' ? undefined : theme;
}

/** Applies a choice at once. Browser only. */
export function applyTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  dataset.theme = dark ? 'dark' : 'light';
  if (theme === 'system') dataset.themeSystem = '';
  else delete dataset.themeSystem;
}
