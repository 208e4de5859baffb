import { env } from '@tensorflow/tfjs-core';
import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { bringUp, type Started } from './backend';

/** WebGL 2 with 32-bit floats, drawn into no canvas of the page. */
export async function startWebgl(): Promise<Started> {
  // A software renderer counts too: "auto" times it, and does not take it where it is slow.
  env().set('SOFTWARE_WEBGL_ENABLED', true);
  const running = await bringUp('webgl');
  if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    throw new Error('its textures hold 16-bit floats only');
  }
  if (!(running instanceof MathBackendWebGL)) throw new Error('it is not the one expected');
  const gl = running.gpgpu.gl;
  const lost = new Promise<string>((resolve) => {
    gl.canvas.addEventListener('webglcontextlost', () => {
      resolve('the WebGL context was lost');
    });
  });
  return { threads: 1, adapter: rendererOf(gl), lost };
}

function rendererOf(gl: WebGLRenderingContext): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL));
}
