import { readPreferences } from './preferences.ts';

const OVERLAY = '[role="dialog"][data-state="open"], [role="menu"], [role="alertdialog"], [role="listbox"]';

/** True where a key belongs to what is being typed or chosen, not to the page. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** True while a dialog or menu is open above the page: its keys come first. */
export function hasOverlay(): boolean {
  return document.querySelector(OVERLAY) !== null;
}

/** True when a plain single key may act: nobody types, no overlay, no modifier, and keys are not turned off. */
export function isShortcut(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.isComposing)
    return false;
  if (isTyping(event.target) || hasOverlay()) return false;
  return event.key.length > 1 || readPreferences(document.cookie).keys;
}
