import type { Updaters } from '../engine/updater';
import type { OpenCourse } from '../lab/course';
import { courseKey } from '../lab/landscapes';
import { racersOf, type LabOptions } from '../lab/options';
import type { Track } from '../lab/results';
import type { Pace } from './pace';
import type { Handlers } from './serve';

export interface DescentPorts {
  readonly createUpdaters: () => Promise<Updaters>;
  readonly pace: Pace;
}

/** Answers the laboratory of descent. Its code, and the parser of formulas, arrive with the first question. */
export function createDescent({
  createUpdaters,
  pace,
}: DescentPorts): Pick<Handlers, 'relief' | 'descend'> {
  let updaters: Promise<Updaters> | null = null;
  let last: { readonly key: string; readonly opened: OpenCourse } | null = null;

  /** Dragging a start asks for the same function again and again. */
  async function open(options: LabOptions): Promise<OpenCourse> {
    const { openCourse } = await import('../lab/course');
    const key = courseKey(options);
    if (last?.key !== key) last = { key, opened: openCourse(options) };
    return last.opened;
  }

  return {
    relief: async ({ options }) => (await open(options)).relief,
    descend: async ({ options }, { signal }) => {
      const [{ course }, { race }, using] = await Promise.all([
        open(options),
        import('../lab/race'),
        (updaters ??= createUpdaters().catch((error: unknown) => {
          // What did not arrive may arrive next time.
          updaters = null;
          throw error;
        })),
      ]);
      const tracks: Track[] = [];
      for (const racer of racersOf(options)) {
        await pace();
        signal.throwIfAborted();
        tracks.push(race(course, options, racer, using));
      }
      return { dimension: course.surface.dimension, tracks };
    },
  };
}
