declare module '*?assembly' {
  /** A WebAssembly module in base64, for memory that one thread has for itself. */
  export const plain: string;
  /** The same, for memory that threads share. */
  export const shared: string;
}
