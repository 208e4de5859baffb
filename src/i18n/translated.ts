/** The keys of plural forms other than `other`: languages without grammatical number leave them out. */
type PluralOnly = `${string}_one`;

/** The shape of one language's words for another: the same keys, any sentences. */
export type Translated<Words> = {
  readonly [Key in keyof Words as Key extends PluralOnly ? never : Key]: Words[Key] extends string
    ? string
    : Translated<Words[Key]>;
};
