import { ActionIcon, TextInput, type TextInputProps } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useRef, useState, type ReactElement } from 'react';
import { useCommon } from '../i18n/i18n';
import { parseDate, typedDate } from './format';

type Kind = 'date' | 'datetime';
type Props = Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange' | 'type'> & {
  readonly kind?: Kind;
  /** `YYYY-MM-DD`, or `YYYY-MM-DDThh:mm`; empty for none. */
  readonly value: string;
  /** Called with a whole date, or with nothing when it was cleared; never with half a date. */
  readonly onValue: (value: string) => void;
  readonly min?: string;
  readonly max?: string;
};

/**
 * A date as people here write it, dd/mm/yyyy in both languages: the browser's own input would follow the language of the
 * machine. Its calendar opens from the button.
 */
export function DateInput({ kind = 'date', value, onValue, min, max, error, ...rest }: Props): ReactElement {
  const t = useCommon();
  const picker = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const parsed = draft === null ? value : draft.trim() === '' ? '' : parseDate(draft, kind);
  const outside = !!parsed && ((min !== undefined && parsed < min) || (max !== undefined && parsed > max));
  const wrong = parsed === undefined || outside;
  const typed = draft !== null && (left || draft.length >= (kind === 'date' ? 10 : 16));
  const type = (text: string): void => {
    setDraft(text);
    const next = text.trim() === '' ? '' : parseDate(text, kind);
    if (next === undefined || (next && ((min && next < min) || (max && next > max)))) return;
    if (next !== value) onValue(next);
  };
  return (
    <TextInput
      {...rest}
      inputMode="numeric"
      autoComplete="off"
      placeholder={t(kind === 'date' ? 'dateForm' : 'datetimeForm')}
      value={draft ?? typedDate(value)}
      // Half a date is no fault while it is being typed.
      error={error ?? (wrong && typed && t('dateWrong'))}
      // What stands here is not what `value` says: no form is sent so.
      {...(wrong && { 'data-unread': true })}
      onChange={(event) => type(event.currentTarget.value)}
      onFocus={() => setLeft(false)}
      onBlur={() => {
        setLeft(true);
        if (!wrong) setDraft(null);
      }}
      rightSection={
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('chooseDate', { label: typeof rest.label === 'string' ? rest.label : '' })}
            onClick={() => picker.current?.showPicker()}
          >
            <IconCalendar size={16} aria-hidden />
          </ActionIcon>
          <input
            ref={picker}
            type={kind === 'date' ? 'date' : 'datetime-local'}
            className="hidden-picker"
            tabIndex={-1}
            aria-hidden
            value={value}
            min={min}
            max={max}
            onChange={(event) => {
              setDraft(null);
              onValue(event.currentTarget.value);
            }}
          />
        </>
      }
    />
  );
}
