import { shrink } from '../../draw/shrink';
import type { Shape3 } from './collection';

/** Why there is no camera. */
export type CameraTrouble = 'denied' | 'missing' | 'busy' | 'insecure' | 'gone';

/** Larger frames would only be made smaller. */
const WANTED: MediaStreamConstraints = { video: { width: { ideal: 320 }, height: { ideal: 240 } } };

/** Asks for the camera, which the user may refuse. */
export async function openCamera(): Promise<MediaStream | CameraTrouble> {
  // Browsers offer cameras to pages alone that came safely.
  if (!('mediaDevices' in navigator)) return 'insecure';
  try {
    return await navigator.mediaDevices.getUserMedia(WANTED);
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
    return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy';
  }
}

export function stopCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The middle square of what the camera shows now, as an example of that shape; null before the first frame. */
export function frameOf(video: HTMLVideoElement, shape: Shape3): Uint8Array | null {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return null;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(video, 0, 0);
  return shrink(context.getImageData(0, 0, width, height), {
    ...{ height: shape[0], width: shape[1], keep: 'middle' },
    channels: shape[2] === 3 ? 3 : 1,
  });
}
