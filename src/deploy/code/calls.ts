import type { Argument, Dialect, OptimizerSettings } from './write';

/** Writes calls of a script's helpers, and notes which of them it needs for that. */
export class Calls {
  readonly names: string[] = [];

  constructor(readonly dialect: Dialect) {}

  /** A helper that is called by another name, or given to one. */
  needs(name: string): void {
    this.names.push(name);
  }

  call(name: string, positional: readonly string[], named: readonly Argument[] = []): string {
    this.names.push(name);
    return this.dialect.call(name, positional, named);
  }

  run(name: string, positional: readonly string[], named: readonly Argument[] = []): string {
    return this.dialect.statement(this.call(name, positional, named));
  }

  /** The optimizer of a step, at one rate or at rates by layer. */
  optimizer(settings: OptimizerSettings, rates?: readonly Argument[]): string {
    const { code, calls } = this.dialect.optimizer(settings, rates);
    this.names.push(...calls);
    return code;
  }

  /** Training by Adam, as techniques do it that train beside what they are for. */
  adam(
    { lr, epochs, batch }: { lr: number; epochs: number; batch: number },
    more: readonly Argument[],
  ): string {
    const settings = { optimizer: 'adam', lr, momentum: 0, decay: 0, clip: 0 };
    return this.run(
      'train',
      ['model', this.optimizer(settings)],
      [['epochs', String(epochs)], ['batchSize', String(batch)], ...more],
    );
  }
}
