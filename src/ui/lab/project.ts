/** A camera that sees all from as far: parallels stay parallel. */
export interface View {
  /** Turned about the vertical, in radians. */
  readonly yaw: number;
  /** Seen from above by so much, from 0, level, to π/2. */
  readonly pitch: number;
}

export interface Placed {
  readonly across: number;
  readonly down: number;
  /** How far behind the middle; what is larger is hidden by what is smaller. */
  readonly depth: number;
}

/** Half the height of the box, whose sides are 2 long. */
const TALL = 0.55;
/** Pixels of a unit, as a share of the picture's width: its corners stay inside, however it is turned. */
const ZOOM = 0.3;

/** A point of the box [−1, 1]² × [0, 1] in a picture so wide, which is four fifths as high. */
export function project(
  { yaw, pitch }: View,
  width: number,
  x: number,
  y: number,
  height: number,
): Placed {
  const [sinYaw, cosYaw] = [Math.sin(yaw), Math.cos(yaw)];
  const [sinPitch, cosPitch] = [Math.sin(pitch), Math.cos(pitch)];
  const z = (2 * height - 1) * TALL;
  const right = x * cosYaw - y * sinYaw;
  const back = x * sinYaw + y * cosYaw;
  return {
    across: width * (0.5 + ZOOM * right),
    down: width * (0.42 - ZOOM * (back * sinPitch + z * cosPitch)),
    depth: back * cosPitch - z * sinPitch,
  };
}

/** Towards the viewer: how far it goes along x and y and up the box, for every unit along the ground. */
export function sightOf({ yaw, pitch }: View): { x: number; y: number; height: number } {
  return { x: -Math.sin(yaw), y: -Math.cos(yaw), height: Math.tan(pitch) / (2 * TALL) };
}
