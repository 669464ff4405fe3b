import { useEffect } from 'react';

/**
 * What `element` shows only the beginning of, as a title for whoever points at it; null where all of it is to be seen,
 * or something around or inside it has a title of its own.
 */
export function cutText(element: Element): string | null {
  const { scrollWidth, clientWidth } = element;
  if (scrollWidth <= clientWidth || getComputedStyle(element).textOverflow !== 'ellipsis') return null;
  const titled =
    element.closest('[title]:not([data-cut])') ?? element.querySelector('[title]:not([data-cut])');
  return titled ? null : (element.textContent?.trim() ?? '') || null;
}

/** How far up from what is pointed at the cut is looked for: an icon or a word inside a cell. */
const UP = 3;

/** Text that is cut off with "…" is told whole to whoever points at it, whatever width the screen leaves it. */
export function useCutTitles(): void {
  useEffect(() => {
    const onOver = ({ target }: PointerEvent) => {
      let element = target instanceof Element ? target : null;
      for (let i = 0; element && i < UP; i++, element = element.parentElement) {
        const text = cutText(element);
        if (text === null && !element.hasAttribute('data-cut')) continue;
        // the text or the width may have changed since it was pointed at before
        element.toggleAttribute('data-cut', text !== null);
        if (text === null) element.removeAttribute('title');
        else element.setAttribute('title', text);
      }
    };
    document.addEventListener('pointerover', onOver);
    return () => document.removeEventListener('pointerover', onOver);
  }, []);
}
