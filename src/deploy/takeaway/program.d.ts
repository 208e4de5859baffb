declare module '*?program' {
  /** The program with all that it imports, as one ES module. */
  const text: string;
  export default text;
}
