import '@tensorflow/tfjs-backend-cpu';
import { bringUp, NEVER, type Started } from './backend';

/** Plain JavaScript: slow, and there wherever a page is. */
export async function startCpu(): Promise<Started> {
  await bringUp('cpu');
  return { threads: 1, lost: NEVER };
}
