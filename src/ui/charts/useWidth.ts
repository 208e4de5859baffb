import { useCallback, useState } from 'react';

/**
 * The width of an element in whole pixels, and the ref to put on it; 0 until it is known. Changes are
 * taken over once a frame, so that charts with fixed sizes follow a resize without measuring again.
 */
export function useWidth(): readonly [
  number,
  (element: HTMLElement | null) => (() => void) | undefined,
] {
  const [width, setWidth] = useState(0);
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    let frame = 0;
    const observer = new ResizeObserver(([entry]) => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width));
      });
    });
    observer.observe(element);
    setWidth(Math.floor(element.getBoundingClientRect().width));
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, []);
  return [width, ref];
}
