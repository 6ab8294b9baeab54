/** What can be chosen by its name instead of a typed code. */
export type LookupKind = 'point' | 'attendant' | 'device' | 'operator' | 'acquirer' | 'account';
