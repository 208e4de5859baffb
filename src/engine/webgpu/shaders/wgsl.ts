/** A compute shader's text, and how many workgroups do its work. */
export interface Shader {
  readonly code: string;
  readonly groups: readonly [number, number, number];
}

/** Workgroups in one direction that every device allows. */
export const MOST_GROUPS = 65_535;

/** Invocations of a workgroup along one line. */
export const LINE = 64;

/** Names of float32 arrays, or of others as `labels: i32`. */
export interface Bindings {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** Declares arrays in the order in which buffers are bound to them: first what is read. */
export function declare({ reads, writes }: Bindings): string {
  const line = (access: string, first: number) => (given: string, i: number) => {
    const [name = '', type = 'f32'] = given.split(': ');
    return `@group(0) @binding(${String(first + i)}) var<storage, ${access}> ${name}: array<${type}>;`;
  };
  return [...reads.map(line('read', 0)), ...writes.map(line('read_write', reads.length))].join(
    '\n',
  );
}

/** A shader that does `body` for every `i` below `length`. */
export function each(
  length: number,
  {
    body,
    before = '',
    functions = '',
    ...bindings
  }: Bindings & {
    readonly body: string;
    /** Done once by every invocation; may `return`. */
    readonly before?: string;
    readonly functions?: string;
  },
): Shader {
  const code = `${declare(bindings)}
${functions}
@compute @workgroup_size(${String(LINE)})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  ${before}
  for (var i = id.x; i < ${String(length)}u; i += ${String(LINE)}u * groups.x) {
    ${body}
  }
}`;
  return { code, groups: [Math.min(MOST_GROUPS, Math.ceil(length / LINE)), 1, 1] };
}

/**
 * A shader of one workgroup for each of `count` sums: `body` runs with `group` and `thread`, and may call
 * `total(value)`, which gives to every invocation the sum over all of them, always in the same order.
 */
export function summing(
  count: number,
  {
    body,
    functions = '',
    ...bindings
  }: Bindings & {
    readonly body: string;
    readonly functions?: string;
  },
): Shader {
  const code = `${declare(bindings)}
var<workgroup> parts: array<f32, ${String(LINE)}>;
var<private> thread: u32;
fn total(value: f32) -> f32 {
  parts[thread] = value;
  workgroupBarrier();
  for (var half = ${String(LINE / 2)}u; half > 0u; half /= 2u) {
    if (thread < half) { parts[thread] += parts[thread + half]; }
    workgroupBarrier();
  }
  let sum = parts[0];
  workgroupBarrier();
  return sum;
}
${functions}
@compute @workgroup_size(${String(LINE)})
fn main(@builtin(workgroup_id) place: vec3u, @builtin(local_invocation_index) index: u32) {
  thread = index;
  let group = place.y * ${u(MOST_GROUPS)} + place.x;
  if (group >= ${u(count)}) { return; }
  ${body}
}`;
  return { code, groups: [Math.min(MOST_GROUPS, count), Math.ceil(count / MOST_GROUPS), 1] };
}

/** A whole number, and a fraction, as WGSL writes them. */
export const u = (value: number): string => `${String(value)}u`;
export const f = (value: number): string => `f32(${String(value)})`;
