import type { Checkpoint, Parameter } from '../../experiment/checkpoint';
import type { Random } from '../../experiment/random';
import { channelsOf, kernelsOf } from '../../techniques/kernels';

type Parameters = Checkpoint['parameters'];

/** A number for each of a network's, by parameter. Both axes of a plane leave out the same parameters: zeros. */
export type Direction = Readonly<Record<string, Float64Array>>;

/** All networks `origin + x · u + y · v`. */
export interface Plane {
  readonly origin: Parameters;
  readonly u: Direction;
  readonly v: Direction;
}

/** Where a network lies, seen from a plane. */
export interface Projection {
  /** Of the point of the plane that is nearest to it. */
  readonly x: number;
  readonly y: number;
  /** Of its distance from the origin, the part in the plane, from 0 to 1; 1 at the origin. */
  readonly share: number;
}

/** To await between pieces of work: other work has its turn, and a stop is heard. */
export type Rest = () => Promise<void>;

/**
 * A random direction of which each output's part is as long as the network's own weights of that output, so
 * that a step along it means as much in every layer: `d ← d / ‖d‖ · ‖w‖` (Li et al. 2018, "Visualizing the
 * loss landscape of neural nets"). As there, it leaves biases and batch norm alone. Pruned weights stay zero.
 */
export async function filterNormalized(
  network: Pick<Checkpoint, 'architecture' | 'parameters' | 'masks'>,
  random: Random,
  rest: Rest,
): Promise<Direction> {
  const parts: [string, Float64Array][] = [];
  for (const { name, parameter, mask } of kernelsOf(network)) {
    await rest();
    const outputs = channelsOf(parameter);
    const drawn = Float64Array.from(parameter.values, (_, i) => {
      const value = random.normal();
      return mask?.[i] === 0 ? 0 : value;
    });
    const [own, wanted] = [norms(drawn, outputs), norms(parameter.values, outputs)];
    const factors = own.map((norm, output) => (norm === 0 ? 0 : (wanted[output] ?? 0) / norm));
    parts.push([name, drawn.map((value, i) => value * (factors[i % outputs] ?? 0))]);
  }
  return Object.fromEntries(parts);
}

/** The length of each output's weights. Outputs are the last axis. */
export function norms(values: ArrayLike<number>, outputs: number): Float64Array {
  const sums = new Float64Array(outputs);
  for (let i = 0; i < values.length; i++) {
    sums[i % outputs] = (sums[i % outputs] ?? 0) + (values[i] ?? 0) ** 2;
  }
  return sums.map(Math.sqrt);
}

/** Beyond this share of it that is new, a direction is more than rounding errors. */
const NEW = 1e-6;

/**
 * The plane through three networks, its axes of length 1 and perpendicular (Gram and Schmidt; Garipov et al.
 * 2018, "Loss surfaces, mode connectivity, and fast ensembling of DNNs"). Of the others the first two are
 * taken that do not lie on a line with the origin; null where there are none.
 */
export async function planeThrough(
  origin: Parameters,
  others: readonly Parameters[],
  rest: Rest,
): Promise<Plane | null> {
  const axes: Direction[] = [];
  for (const other of others) {
    await rest();
    const way = difference(other, origin);
    const upright = axes.reduce((now, axis) => minus(now, axis, dot(now, axis)), way);
    const length = Math.sqrt(dot(upright, upright));
    if (length <= NEW * Math.sqrt(dot(way, way))) continue;
    axes.push(mapped(upright, (value) => value / length));
    const [u, v] = axes;
    if (u !== undefined && v !== undefined) return { origin, u, v };
  }
  return null;
}

/** The network at a point of the plane. */
export function networkAt({ origin, u, v }: Plane, x: number, y: number): Parameters {
  return Object.fromEntries(
    Object.entries(origin).map(([name, parameter]): [string, Parameter] => {
      const { values, role } = parameter;
      const moved = moveAlong(values, x, u[name], y, v[name]);
      // Beyond the networks that made the plane a variance could fall below what one can be.
      if (role === 'variance') moved.forEach((value, i) => (moved[i] = Math.max(0, value)));
      return [name, { ...parameter, values: moved }];
    }),
  );
}

/** Done for every weight at every point: a plain loop. Sums are of doubles, rounded once. */
function moveAlong(
  values: Float32Array,
  x: number,
  u: Float64Array | undefined,
  y: number,
  v: Float64Array | undefined,
): Float32Array {
  if (u === undefined || v === undefined) return values.slice();
  const moved = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    moved[i] = (values[i] ?? 0) + x * (u[i] ?? 0) + y * (v[i] ?? 0);
  }
  return moved;
}

/** Finds the point of the plane nearest to a network, by the normal equations of least squares. */
export function projectionOnto({ origin, u, v }: Plane): (network: Parameters) => Projection {
  const [uu, uv, vv] = [dot(u, u), dot(u, v), dot(v, v)];
  const determinant = uu * vv - uv * uv;
  return (network) => {
    const way = difference(network, origin);
    const [wu, wv, all] = [dot(way, u), dot(way, v), dot(way, way)];
    const x = determinant === 0 ? 0 : (wu * vv - wv * uv) / determinant;
    const y = determinant === 0 ? 0 : (wv * uu - wu * uv) / determinant;
    const within = x * wu + y * wv;
    return { x, y, share: all === 0 ? 1 : Math.sqrt(Math.min(1, Math.max(0, within / all))) };
  };
}

/** Whether two networks have the same parameters, so that there is a way from one to the other. */
export function isAlike(a: Parameters, b: Parameters): boolean {
  const shapes = (of: Parameters) =>
    JSON.stringify(Object.entries(of).map(([name, { shape }]) => [name, shape]));
  return shapes(a) === shapes(b);
}

function difference(to: Parameters, from: Parameters): Direction {
  return Object.fromEntries(
    Object.entries(to).map(([name, { values }]) => {
      const start = from[name]?.values;
      return [name, Float64Array.from(values, (value, i) => value - (start?.[i] ?? 0))];
    }),
  );
}

function minus(a: Direction, b: Direction, times: number): Direction {
  return Object.fromEntries(
    Object.entries(a).map(([name, values]) => {
      const other = b[name];
      return [name, values.map((value, i) => value - times * (other?.[i] ?? 0))];
    }),
  );
}

function mapped(a: Direction, change: (value: number) => number): Direction {
  return Object.fromEntries(Object.entries(a).map(([name, values]) => [name, values.map(change)]));
}

function dot(a: Direction, b: Direction): number {
  let sum = 0;
  for (const [name, values] of Object.entries(a)) {
    const other = b[name];
    if (other === undefined) continue;
    for (let i = 0; i < values.length; i++) sum += (values[i] ?? 0) * (other[i] ?? 0);
  }
  return sum;
}
