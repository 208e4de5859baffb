export function findBrowser(): Promise<string | null>;
export function ensureBrowser(): Promise<string>;
export const BASIC: readonly string[];
export const SOFTWARE_GPU: readonly string[];
export const NO_GPU: readonly string[];
