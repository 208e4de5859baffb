import { lazy, Suspense, useState } from 'react';
import type { ComponentType } from 'react';

/** Of what stands in for a control: a press that comes too early for the control itself. */
export interface StillProps {
  readonly onEarlyPress: () => void;
}

/** Of the control: whether it was pressed before it was there, and is to open at once. */
export interface ArrivedProps {
  readonly pressedEarly: boolean;
}

/**
 * A control whose code arrives after the first paint. Until then, a moment, `Still` stands in its place
 * and looks the same.
 */
export function later<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props & ArrivedProps> }>,
  Still: ComponentType<Props & StillProps>,
): ComponentType<Props> {
  const Arrived: ComponentType<Props & ArrivedProps> = lazy(load);
  return function Later(props: Props) {
    const [pressedEarly, setPressedEarly] = useState(false);
    const still = (
      <Still
        {...props}
        onEarlyPress={() => {
          setPressedEarly(true);
        }}
      />
    );
    return (
      <Suspense fallback={still}>
        <Arrived {...props} pressedEarly={pressedEarly} />
      </Suspense>
    );
  };
}
