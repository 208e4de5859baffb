import { useState } from 'react';

/** How long the confirmation stays. */
const CONFIRM_MS = 2_000;

export type Copying = 'idle' | 'copied' | 'refused';

/** Puts texts on the clipboard, and tells what came of the last one. */
export function useCopy() {
  const [state, setState] = useState<Copying>('idle');
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
      setTimeout(() => {
        setState('idle');
      }, CONFIRM_MS);
    } catch {
      setState('refused');
    }
  };
  const forget = () => {
    setState('idle');
  };
  return { state, copy, forget };
}
