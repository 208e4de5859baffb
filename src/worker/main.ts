import { openDataset } from '../data/open';
import { createEngine, createUpdaters } from '../engine/engine';
import { bundledAt } from './bundled';
import { clockIn, CLOCK_NAME } from './clock/clock';
import { serveClock } from './clock/serve';
import { intakeIn, INTAKE_NAME, serveIntake } from './intake/intake';
import { picturesIn, PICTURES_NAME, servePictures } from './pictures/intake';
import { NOT_SAVED } from './problems';
import type { WorkerEvent } from './protocol';
import { probeIn, PROBE_NAME, serveProbe } from './probe';
import { serve } from './serve';
import { createSession } from './session';
import { openStore } from './store';

/** A worker with this worker's own script, which does something else under another name. */
const startNamed = (name: string) => () => new Worker(self.location.href, { type: 'module', name });

if (self.name === PROBE_NAME) {
  serveProbe(self);
} else if (self.name === CLOCK_NAME) {
  serveClock(self);
} else if (self.name === INTAKE_NAME) {
  serveIntake(handingOver());
} else if (self.name === PICTURES_NAME) {
  servePictures(handingOver());
} else {
  serve(self, (baseUrl) => {
    const options = { wasmBase: `${baseUrl}tfjs/` };
    const emit = (event: WorkerEvent) => {
      self.postMessage(event);
    };
    return createSession({
      createEngine: (id) => createEngine(id, options),
      createUpdaters: () => createUpdaters(options),
      openDataset: (ref, seed, own) => openDataset(ref, seed, baseUrl, own),
      probe: typeof Worker === 'undefined' ? null : probeIn(startNamed(PROBE_NAME), options),
      clock: {
        clock: clockIn(startNamed(CLOCK_NAME), `${baseUrl}ort/`),
        threads: self.crossOriginIsolated ? navigator.hardwareConcurrency : 1,
        hasWebgpu,
      },
      intakes: {
        tables: intakeIn(startNamed(INTAKE_NAME)),
        pictures: picturesIn(startNamed(PICTURES_NAME)),
      },
      bundled: bundledAt(baseUrl),
      store: openStore('whittle', () => {
        emit({ event: 'notice', problem: NOT_SAVED });
      }),
      emit,
      userAgent: navigator.userAgent,
      crossOriginIsolated: self.crossOriginIsolated,
    });
  });
}

/** The end of a line that hands over what was made without copying it. */
function handingOver() {
  return {
    addEventListener: (type: 'message', listener: (event: MessageEvent) => void) => {
      self.addEventListener(type, listener);
    },
    postMessage: (message: unknown, transfer: Transferable[]) => {
      self.postMessage(message, { transfer });
    },
  };
}

async function hasWebgpu(): Promise<boolean> {
  if (!('gpu' in navigator)) return false;
  return (await navigator.gpu.requestAdapter().catch(() => null)) !== null;
}
