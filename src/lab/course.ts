import { frameOf, LANDSCAPES } from './landscapes';
import { formulaOfOption, type LabOptions } from './options';
import { parseFormula } from './parse-formula';
import type { Course } from './race';
import { reliefOf } from './relief';
import type { Relief } from './results';
import { surfaceOf } from './surface';

/** Points along each side of the picture. */
const SIDE = 129;

/** A function made ready: its picture, and what races run down. */
export interface OpenCourse {
  readonly relief: Relief;
  readonly course: Course;
}

/** @throws WhittleError where a typed formula cannot be read or has no values */
export function openCourse(options: LabOptions): OpenCourse {
  const { function: id, expr } = options;
  const landscape = id === 'expression' ? null : LANDSCAPES[id];
  const expression = parseFormula(landscape?.formula ?? formulaOfOption(expr));
  const pairs = landscape?.pairs ?? 1;
  const frame = frameOf(id, options);
  const relief = reliefOf(expression, frame, SIDE, landscape);
  const curvatures = landscape?.curvatures ?? null;
  return {
    relief,
    course: {
      surface: surfaceOf(expression, pairs),
      frame,
      minima: relief.minima,
      curvatures: curvatures && Array.from({ length: pairs }, () => curvatures).flat(),
    },
  };
}
