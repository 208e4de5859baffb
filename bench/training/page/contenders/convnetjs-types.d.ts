/** What is used here of a package without types of its own. */
declare module 'convnetjs' {
  /** A volume of `sx × sy × depth` numbers, depth innermost. */
  interface Vol {
    w: Float64Array;
  }
  interface NetLayer {
    readonly layer_type: string;
    readonly filters?: readonly Vol[];
    readonly biases?: Vol;
  }
  interface LayerDefinition {
    readonly type: string;
    readonly [option: string]: string | number;
  }
  interface Net {
    readonly layers: readonly NetLayer[];
    makeLayers(definitions: readonly LayerDefinition[]): void;
  }
  interface Trainer {
    /** A class, or a list of targets. */
    train(inputs: Vol, target: number | Float64Array): { readonly cost_loss: number };
  }
  interface Library {
    readonly Vol: new (sx: number, sy: number, depth: number, value: number) => Vol;
    readonly Net: new () => Net;
    readonly Trainer: new (net: Net, options: Readonly<Record<string, string | number>>) => Trainer;
  }
  const library: Library;
  export default library;
  export type { LayerDefinition, Net };
}
