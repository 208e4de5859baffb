import type { Plugin } from 'vite';

/** Compiles AssemblyScript that is imported with `?assembly`. */
export function assembly(): Plugin;
