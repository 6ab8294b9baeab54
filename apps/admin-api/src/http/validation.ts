import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { ApiError } from './errors.js';

/** The first wrong field, by its path, and what is wrong with it. */
export function firstFault(errors: readonly ValidationError[], path = ''): { field: string; message: string } {
  const error = errors[0]!;
  const field = path === '' ? error.property : `${path}.${error.property}`;
  if (error.children && error.children.length > 0) return firstFault(error.children, field);
  const [rule, message] = Object.entries(error.constraints ?? { invalid: `${field} is not valid` })[0]!;
  return { field, message: rule === 'whitelistValidation' ? `${field} is no field of this request` : message };
}

/** Checks bodies and queries against their classes; what is not named there is refused, never ignored. */
export function validation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => {
      const { field, message } = firstFault(errors);
      return new ApiError(400, { code: 'bad-field', message: `${message}.`, field });
    },
  });
}
