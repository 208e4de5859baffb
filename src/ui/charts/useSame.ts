import { useMemo } from 'react';

/** `value` of plain data, the same object for as long as it says the same: what is memoized on it stays. */
export function useSame<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  return useMemo(() => JSON.parse(text) as Value, [text]);
}
