import { useCallback } from 'react';
import { useWidth } from './useWidth';

/**
 * As `useWidth`, for an element that holds charts of Recharts. Their layers are portals, on which React
 * listens for focus, and Chromium stops the Tab key at SVG elements that somebody listens on.
 */
export function useChartWidth(): ReturnType<typeof useWidth> {
  const [width, measure] = useWidth();
  const ref = useCallback(
    (element: HTMLElement | null) => {
      const unmeasure = measure(element);
      if (element === null) return undefined;
      const skipLayers = () => {
        for (const layer of element.querySelectorAll('g[class^="recharts-zIndex"]:not([tabindex])'))
          layer.setAttribute('tabindex', '-1');
      };
      const observer = new MutationObserver(skipLayers);
      observer.observe(element, { childList: true, subtree: true });
      skipLayers();
      return () => {
        observer.disconnect();
        unmeasure?.();
      };
    },
    [measure],
  );
  return [width, ref];
}
