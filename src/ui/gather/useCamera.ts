import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { openCamera, stopCamera, type CameraTrouble } from './camera';

export type CameraState = 'off' | 'asking' | 'on' | CameraTrouble;

/** The camera, from when it is asked for until whatever shows it is gone. */
export function useCamera(): {
  readonly state: CameraState;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly start: () => void;
} {
  const [state, setState] = useState<CameraState>('off');
  const [stream, setStream] = useState<MediaStream | null>(null);
  const video = useRef<HTMLVideoElement>(null);
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  useEffect(() => {
    if (stream === null) return;
    if (video.current !== null) video.current.srcObject = stream;
    const [track] = stream.getVideoTracks();
    const gone = () => {
      setStream(null);
      setState('gone');
    };
    track?.addEventListener('ended', gone);
    return () => {
      track?.removeEventListener('ended', gone);
      stopCamera(stream);
    };
  }, [stream]);
  const start = () => {
    setState('asking');
    void openCamera().then((found) => {
      if (typeof found === 'string') setState(found);
      else if (isHere.current) {
        setStream(found);
        setState('on');
      } else {
        // The dialog was closed before the user answered.
        stopCamera(found);
      }
    });
  };
  return { state, video, start };
}
