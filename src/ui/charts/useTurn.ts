import { useEffect, useState } from 'react';

/**
 * `value`, but `turn` animation frames later: charts that change together are drawn one a frame, since
 * all in one task would hold the page up for longer than it takes to notice.
 */
export function useTurn<Value>(value: Value, turn: number): Value {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    let left = turn;
    const next = () => {
      if (left === 0) setShown(value);
      else request = requestAnimationFrame(next);
      left -= 1;
    };
    let request = requestAnimationFrame(next);
    return () => {
      cancelAnimationFrame(request);
    };
  }, [value, turn]);
  return shown;
}
