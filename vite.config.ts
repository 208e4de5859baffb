import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { assembly } from './scripts/assembly.mjs';
import { copyWasm } from './scripts/copy-wasm.mjs';
import { CONTENT_SECURITY_POLICY, ISOLATION_HEADERS } from './scripts/headers.mjs';
import { prepareData } from './scripts/prepare-data.mjs';
import { program } from './scripts/program.mjs';

/** The data sets and the WASM files, in `public/` before anything is served or built. */
function assets(): Plugin {
  return {
    name: 'whittle-assets',
    async buildStart() {
      await Promise.all([prepareData(), copyWasm()]);
    },
  };
}

/**
 * The policy as a meta element, so that it holds on hosts that set no headers too. Not while
 * developing: hot reload needs inline scripts.
 */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'whittle-content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

export default defineConfig(({ mode }) => ({
  // Relative, so that the build works in any folder of any host.
  base: './',
  plugins: [
    react(),
    assembly(),
    program(),
    ...(mode === 'test' ? [] : [assets()]),
    contentSecurityPolicy(),
  ],
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Packing the data takes as long as it takes; the build need not say so each time.
    rolldownOptions: {
      checks: { bundlerTimings: false },
      // What the first paint needs in one piece: it compresses better than in twenty.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
  worker: { format: 'es' as const, plugins: () => [assembly(), program()] },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: ISOLATION_HEADERS },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Vitest leaves one core idle, which of two is half.
    maxWorkers: '100%',
  },
}));
