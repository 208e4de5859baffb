/**
 * The options of every technique, by the technique's id. Each `techniques/<id>/spec.ts` adds its own
 * entry by declaration merging, so this module stays free of imports and `Step` is still exact.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface TechniqueOptions {}

export type TechniqueId = keyof TechniqueOptions;

/** One step of a recipe: a technique and its options. It turns one checkpoint into the next. */
export type StepOf<Id extends TechniqueId> = { readonly technique: Id } & Readonly<
  TechniqueOptions[Id]
>;

export type Step = { [Id in TechniqueId]: StepOf<Id> }[TechniqueId];
