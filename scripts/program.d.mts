import type { Plugin } from 'vite';

/** Bundles a program that is imported with `?program` into text. */
export function program(): Plugin;
