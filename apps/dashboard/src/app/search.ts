/** What stands behind the `?`: filters, page and sorting of a screen, all as text. */
export type Search = Readonly<Record<string, string | undefined>>;
