import { startTransition, useEffect, useRef, useState } from 'react';

/**
 * `value`, but changing at most every `ms`, and drawn in slices between what is more urgent: a chart
 * costs more to draw than the news comes in.
 */
export function useThrottled<Value>(value: Value, ms: number): Value {
  const [shown, setShown] = useState(value);
  const newest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const last = useRef(-Infinity);

  useEffect(() => {
    newest.current = value;
    if (timer.current !== null) return;
    const wait = Math.max(0, last.current + ms - performance.now());
    timer.current = setTimeout(() => {
      timer.current = null;
      last.current = performance.now();
      startTransition(() => {
        setShown(newest.current);
      });
    }, wait);
  }, [value, ms]);

  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return shown;
}
