import { useEffect, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';

/**
 * A button that does something while it is held: by mouse, pen, finger, or the space bar. What it does ends, and does
 * not begin again by itself, when it is not `able` any more: the button may be gone before it is let go.
 */
export function useHeld(able: boolean) {
  const [isHeld, setHeld] = useState(false);
  if (isHeld && !able) setHeld(false);
  const press = () => {
    setHeld(true);
  };
  const release = () => {
    setHeld(false);
  };
  // Who leaves the page in the middle lets go elsewhere.
  useEffect(() => {
    if (!isHeld) return;
    window.addEventListener('blur', release);
    document.addEventListener('visibilitychange', release);
    return () => {
      window.removeEventListener('blur', release);
      document.removeEventListener('visibilitychange', release);
    };
  }, [isHeld]);
  const isKey = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter';
  return {
    isHeld,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        press();
      },
      onPointerUp: release,
      onPointerCancel: release,
      onLostPointerCapture: release,
      onKeyDown: (event: KeyboardEvent) => {
        if (!isKey(event)) return;
        event.preventDefault();
        press();
      },
      onKeyUp: (event: KeyboardEvent) => {
        if (isKey(event)) release();
      },
      onBlur: release,
      // A long touch would open a menu.
      onContextMenu: (event: { preventDefault(): void }) => {
        event.preventDefault();
      },
    },
  };
}
