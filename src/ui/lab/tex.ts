import type { FunctionId } from '../../lab/landscapes';

/** The functions as formulas. */
export const FUNCTION_TEX: Readonly<Record<Exclude<FunctionId, 'expression'>, string>> = {
  bowl: String.raw`L(\theta) = \sum_{i=1}^{2} \theta_i^2 = x^2 + y^2`,
  bowl10: String.raw`L(\theta) = \sum_{i=1}^{10} \theta_i^2`,
  stretched: String.raw`L = x^2 + 100\,y^2`,
  rosenbrock: String.raw`L = (1-x)^2 + 100\,(y-x^2)^2`,
  beale: String.raw`\begin{aligned} L = {}& (1.5 - x + xy)^2 \\ & + (2.25 - x + xy^2)^2 \\ & + (2.625 - x + xy^3)^2 \end{aligned}`,
  himmelblau: String.raw`L = (x^2+y-11)^2 + (x+y^2-7)^2`,
  saddle: String.raw`L = x^2 - y^2`,
};

/** Gradient descent on a quadratic of curvature λ along an axis. */
export const CLOSED_FORM_TEX = String.raw`\theta_t = (1 - \eta\lambda)^t\,\theta_0`;
