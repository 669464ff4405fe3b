/**
 * Events for which React hydrates at once, in the middle of what it is doing. The first render of a Remix page waits
 * for its data to be decoded; hydrated at once while it waits, React 18 gives the whole page up ("Root did not
 * complete"). So they are kept from React until the data is there, which is a matter of milliseconds.
 */
const EARLY = [
  'keydown',
  'keypress',
  'keyup',
  'mousedown',
  'mouseup',
  'pointerdown',
  'pointerup',
  'pointercancel',
  'touchstart',
  'touchend',
  'touchcancel',
  'click',
  'auxclick',
  'dblclick',
  'contextmenu',
  'input',
  'change',
  'compositionstart',
  'compositionend',
  'copy',
  'cut',
  'paste',
  'dragstart',
  'dragend',
  'drop',
  'reset',
] as const;

const LOOK_MS = 5;

/**
 * Keeps early events from React until `ready()`; a click is made again then, so that no press is lost. What browsers
 * do by themselves (typing, scrolling) goes on. Call it before `hydrateRoot`.
 */
export function holdEarlyEvents(ready: () => boolean): void {
  const clicked: HTMLElement[] = [];
  const hold = (event: Event): void => {
    if (ready()) return;
    event.stopImmediatePropagation();
    if (event.type !== 'click' || !(event.target instanceof HTMLElement)) return;
    event.preventDefault();
    clicked.push(event.target);
  };
  for (const type of EARLY) window.addEventListener(type, hold, true);
  const look = (): void => {
    if (!ready()) return void setTimeout(look, LOOK_MS);
    for (const type of EARLY) window.removeEventListener(type, hold, true);
    for (const target of clicked) if (target.isConnected) target.click();
  };
  look();
}
