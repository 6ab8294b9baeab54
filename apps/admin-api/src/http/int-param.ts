import { Param, type PipeTransform } from '@nestjs/common';
import { ApiError } from './errors.js';

class WholeNumberPipe implements PipeTransform<string, number> {
  constructor(private readonly name: string) {}

  transform(text: string): number {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
    if (Number.isSafeInteger(value)) return value;
    throw new ApiError(400, { code: 'bad-field', message: `${this.name} must be a whole number.`, field: this.name });
  }
}

/** A whole number in the path. */
export const IntParam = (name: string): ParameterDecorator => Param(name, new WholeNumberPipe(name));
