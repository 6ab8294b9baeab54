/** Schemas that the description of the API cannot read off TypeScript types. */
export const INTEGER_PAIR = { type: 'array' as const, items: { type: 'integer' }, minItems: 2, maxItems: 2 };

/** Minutes since midnight per weekday: `{"1":[420,1320]}`. */
export const WEEKLY_HOURS = { type: 'object' as const, additionalProperties: INTEGER_PAIR };

/** A number of spaces per vehicle class. */
export const SPACES = { type: 'object' as const, additionalProperties: { type: 'integer' } };
