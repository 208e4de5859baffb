declare module '*?assembly-text' {
  /** A WebAssembly module for memory of one thread's own: a character for each byte, `shift` further, modulo 256. */
  export const text: string;
  export const shift: number;
}
