declare module '*?assembly-deflated' {
  /** A WebAssembly module for memory of one thread's own, deflated without a head, in base64. */
  export const deflated: string;
}
