import { openDataset } from '../data/open';
import { createEngine } from '../engine/engine';
import { NOT_SAVED } from './problems';
import type { WorkerEvent } from './protocol';
import { probeIn, PROBE_NAME, serveProbe } from './probe';
import { serve } from './serve';
import { createSession } from './session';
import { openStore } from './store';

/** Where this worker's own script lies: a worker for probing is the same script under another name. */
const startProbe = () => new Worker(self.location.href, { type: 'module', name: PROBE_NAME });

if (self.name === PROBE_NAME) {
  serveProbe(self);
} else {
  serve(self, (baseUrl) => {
    const options = { wasmBase: `${baseUrl}tfjs/` };
    const emit = (event: WorkerEvent) => {
      self.postMessage(event);
    };
    return createSession({
      createEngine: (id) => createEngine(id, options),
      openDataset: (ref, seed) => openDataset(ref, seed, baseUrl),
      probe: typeof Worker === 'undefined' ? null : probeIn(startProbe, options),
      store: openStore('whittle', () => {
        emit({ event: 'notice', problem: NOT_SAVED });
      }),
      emit,
      userAgent: navigator.userAgent,
      crossOriginIsolated: self.crossOriginIsolated,
    });
  });
}
