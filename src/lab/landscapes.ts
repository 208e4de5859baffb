import type { FUNCTIONS, LabOptions } from './options';

export type FunctionId = (typeof FUNCTIONS)[number];

/** The rectangle that is drawn. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** A function that comes with the laboratory. */
export interface Landscape {
  readonly formula: string;
  /** As often is the formula added up, each time over two parameters of its own. */
  readonly pairs: number;
  readonly frame: Frame;
  /** Where a race begins well, and how fast. */
  readonly start: { readonly x: number; readonly y: number; readonly lr: number };
  /** Whether heights are told apart by their ratio rather than their difference. */
  readonly levels: 'linear' | 'log';
  /** Rounded; the worker makes them exact. */
  readonly minima: readonly (readonly [x: number, y: number])[];
  /** Of a quadratic: its second derivative along x and along y, the same everywhere. */
  readonly curvatures: readonly [x: number, y: number] | null;
}

const square = (reach: number): Frame => ({
  ...{ left: -reach, right: reach, bottom: -reach, top: reach },
});

const BOWL: Landscape = {
  formula: 'x^2 + y^2',
  pairs: 1,
  frame: square(3),
  start: { x: 2, y: 1.5, lr: 0.01 },
  levels: 'linear',
  minima: [[0, 0]],
  curvatures: [2, 2],
};

export const LANDSCAPES: Readonly<Record<Exclude<FunctionId, 'expression'>, Landscape>> = {
  bowl: BOWL,
  bowl10: { ...BOWL, pairs: 5 },
  stretched: {
    ...BOWL,
    formula: 'x^2 + 100 y^2',
    start: { x: 2.5, y: 1, lr: 0.009 },
    curvatures: [2, 200],
  },
  rosenbrock: {
    formula: '(1 - x)^2 + 100 (y - x^2)^2',
    pairs: 1,
    frame: { left: -2, right: 2, bottom: -1, top: 3 },
    start: { x: -1.2, y: 1, lr: 0.001 },
    levels: 'log',
    minima: [[1, 1]],
    curvatures: null,
  },
  beale: {
    formula: '(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2',
    pairs: 1,
    frame: square(4.5),
    start: { x: 1, y: 1.5, lr: 0.01 },
    levels: 'log',
    minima: [[3, 0.5]],
    curvatures: null,
  },
  himmelblau: {
    formula: '(x^2 + y - 11)^2 + (x + y^2 - 7)^2',
    pairs: 1,
    frame: square(5),
    start: { x: 0, y: 0.5, lr: 0.01 },
    levels: 'log',
    minima: [
      [3, 2],
      [-2.805118, 3.131313],
      [-3.77931, -3.283186],
      [3.584428, -1.848127],
    ],
    curvatures: null,
  },
  saddle: {
    formula: 'x^2 - y^2',
    pairs: 1,
    frame: square(2),
    start: { x: 1.5, y: 0.01, lr: 0.03 },
    levels: 'linear',
    minima: [],
    curvatures: [2, -2],
  },
};

/** The rectangle to draw: that of the function, and wider where the start lies beyond it. */
export function frameOf(
  id: FunctionId,
  { span, x, y }: { readonly span: number; readonly x: number; readonly y: number },
): Frame {
  const own = id === 'expression' ? square(span) : LANDSCAPES[id].frame;
  return {
    left: Math.min(own.left, x),
    right: Math.max(own.right, x),
    bottom: Math.min(own.bottom, y),
    top: Math.max(own.top, y),
  };
}

/** Equal keys, equal functions in equal pictures: it stays the same while a start is dragged within the picture. */
export function courseKey(
  options: Pick<LabOptions, 'function' | 'expr' | 'span' | 'x' | 'y'>,
): string {
  const { function: id, expr, span } = options;
  const of = id === 'expression' ? [expr, span] : [];
  return JSON.stringify([id, ...of, frameOf(id, options)]);
}
