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

/** The value of a field as the API takes it; undefined for one that was left empty. */
export function valueOf({ type = 'text' }: Field, text: string): unknown {
  if (type === 'yes') return text === 'true';
  if (text === '') return undefined;
  if (type === 'number') return Number(text);
  if (type === 'datetime') return new Date(`${text}:00+07:00`).toISOString();
  return text;
}

/** The choices of a field that is true or false. */
export const yesOrNo = (t: (key: 'yes' | 'no') => string): { value: string; label: string }[] => [
  { value: 'true', label: t('yes') },
  { value: 'false', label: t('no') },
];
