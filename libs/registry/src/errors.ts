/** What an officer asked for cannot be done. The message says what is wrong, `remedy` what would help. */
export abstract class RegistryError extends Error {
  constructor(
    message: string,
    readonly remedy?: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** No such thing, or none that the asker may see. */
export class NotFoundError extends RegistryError {
  constructor(
    readonly kind: string,
    readonly key: string,
  ) {
    super(`There is no ${kind} ${JSON.stringify(key.slice(0, 80))}.`);
  }
}

/** It contradicts what is already there: the id is taken, the periods overlap, the state forbids it. */
export class ConflictError extends RegistryError {
  constructor(
    message: string,
    remedy?: string,
    readonly field?: string,
  ) {
    super(message, remedy);
  }
}

/** One field of what was given cannot be used. */
export class FieldError extends RegistryError {
  constructor(
    readonly field: string,
    message: string,
    remedy?: string,
  ) {
    super(message, remedy);
  }
}
