import type { LookupKind } from './lookup-kind';

export interface Field {
  /** The API's name of the field: its refusals name it too. */
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'number' | 'date' | 'datetime' | 'choice' | 'long' | 'yes' | 'password';
  /** A choice out of a register, searched by the API. */
  readonly lookup?: LookupKind;
  readonly options?: readonly { value: string; label: string }[];
  readonly required?: boolean;
  readonly initial?: string;
  readonly hint?: string;
}

/** A whole number as people write it: `1.500.000`, `1,500,000`, `1 500 000`, `Rp 1500000`. */
const WHOLE = /^(?:Rp\.?)?\s*(-?(?:\d+|[1-9]\d{0,2}([.,\s])\d{3}(?:\2\d{3})*))$/;

/** What is wrong with what was filled in, as a key of the common words; undefined when nothing is. The API says the rest. */
export function faultOf(
  { type = 'text', required = false }: Field,
  text: string,
): 'required' | 'wholeNumber' | undefined {
  if (text.trim() === '') return required && type !== 'yes' ? 'required' : undefined;
  return type === 'number' && !WHOLE.test(text.trim()) ? 'wholeNumber' : undefined;
}

/** The value of a field as the API takes it; undefined for one that was left empty. */
export function valueOf({ type = 'text' }: Field, text: string): unknown {
  if (type === 'yes') return text === 'true';
  if (text === '') return undefined;
  if (type === 'number') return Number(WHOLE.exec(text.trim())?.[1]?.replace(/[.,\s]/g, ''));
  if (type === 'datetime') return new Date(`${text}:00+07:00`).toISOString();
  return text;
}

/** The choices of a field that is true or false. */
export const yesOrNo = (t: (key: 'yes' | 'no') => string): { value: string; label: string }[] => [
  { value: 'true', label: t('yes') },
  { value: 'false', label: t('no') },
];
