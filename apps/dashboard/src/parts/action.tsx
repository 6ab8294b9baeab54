import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
  type ButtonProps,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useRef, useState, type FormEvent, type ReactElement, type ReactNode } from 'react';
import { ApiError } from '../app/session';
import { useCommon } from '../i18n/i18n';
import { useSend, type Method, type Params, type Path, type Query } from './api';
import { DateInput } from './date-input';
import { faultOf, valueOf, type Field } from './field';
import { Lookup } from './lookup';
import { useUndo, type Undo } from './undo';

export type { Field };

type Texts = Readonly<Record<string, string>>;

interface Props {
  readonly label: string;
  readonly title?: string;
  /** Which of several things it is done to, in the title. */
  readonly to?: string;
  readonly method: Method;
  readonly path: Path;
  readonly params?: Params;
  readonly query?: Query;
  /** Of the form; where some depend on what others say, a function of what is filled in. */
  readonly fields?: readonly Field[] | ((texts: Texts) => readonly Field[]);
  /** What is sent of what was filled in; the fields by their names when absent. */
  readonly body?: (values: Record<string, unknown>) => unknown;
  /** What it means, above the fields. */
  readonly explanation?: ReactNode;
  readonly dangerous?: boolean;
  readonly button?: ButtonProps;
  /** What takes the change back, where it can be. */
  readonly undo?: Undo;
  /** Shows what came back instead of closing. */
  readonly result?: (answer: unknown) => ReactNode;
}

/** A button that opens a form (or asks back), sends it, and shows a refusal at the field that it names. */
export function Action(props: Props): ReactElement {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button
        size="sm"
        variant={props.dangerous ? 'light' : 'filled'}
        {...(props.dangerous && { color: 'red' })}
        {...props.button}
        aria-haspopup="dialog"
        onClick={open}
      >
        {props.label}
      </Button>
      <ActionForm {...props} opened={opened} close={close} />
    </>
  );
}

/** The form of an `Action`, opened by something else than its button. */
export function ActionForm({ opened, close, ...props }: Props & { opened: boolean; close: () => void }): ReactElement {
  const title = props.title ?? (props.to ? `${props.label}: ${props.to}` : props.label);
  return (
    <Modal opened={opened} onClose={close} title={title} size="lg">
      {opened && <Form {...props} title={title} close={close} />}
    </Modal>
  );
}

const empty = (fields: readonly Field[]): Record<string, string> =>
  Object.fromEntries(fields.map(({ name, initial = '' }) => [name, initial]));

function Form({
  title,
  method,
  path,
  params,
  query,
  fields: asked = [],
  body,
  explanation,
  dangerous,
  undo,
  result,
  close,
}: Props & { title: string; close: () => void }): ReactElement {
  const t = useCommon();
  const of = (filled: Texts) => (typeof asked === 'function' ? asked(filled) : asked);
  const [filled, setTexts] = useState<Texts>({});
  const texts: Texts = { ...empty(of(empty(of({})))), ...filled };
  const fields = of(texts);
  const [answer, setAnswer] = useState<unknown>();
  const send = useSend(method, path, { quiet: true });
  const offerUndo = useUndo();
  const refusal = send.error;
  const field = refusal instanceof ApiError ? refusal.field : undefined;
  const isNamed = ({ name }: Field): boolean => field === name || !!field?.startsWith(`${name}.`);
  const known = fields.some(isNamed);
  const [tries, setTries] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  // What is wrong may stand out of sight in a long form.
  useEffect(() => {
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid=true], [role=alert]');
    wrong?.scrollIntoView({ block: 'center' });
    wrong?.focus();
  }, [tries, refusal]);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTries(tries + 1);
    // The browser would say what is wrong in the language of the machine.
    if (
      fields.some((each) => faultOf(each, texts[each.name] ?? '')) ||
      event.currentTarget.querySelector('[data-unread]')
    )
      return;
    // A change takes away what was chosen out of a register and is not any more.
    const isTaken = (each: Field) => method === 'PATCH' && each.lookup && each.initial && texts[each.name] === '';
    const sent = (each: Field) => (isTaken(each) ? null : valueOf(each, texts[each.name] ?? ''));
    const values = Object.fromEntries(fields.map((each) => [each.name, sent(each)]));
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    const sending = {
      ...(params && { params }),
      ...(query && { query }),
      ...((fields.length > 0 || body) && { body: body ? body(given) : given }),
    };
    // The row with this form may be gone when the answer comes: what follows must not hang on it.
    send.mutateAsync(sending).then(
      (data) => {
        if (undo) offerUndo(title, undo);
        if (result) setAnswer(data ?? null);
        else close();
      },
      () => undefined,
    );
  };
  const errorAt = (each: Field): string | undefined => {
    const fault = tries > 0 && faultOf(each, texts[each.name] ?? '');
    if (fault) return t(fault);
    return isNamed(each) ? [refusal!.message, (refusal as ApiError).remedy].filter(Boolean).join(' ') : undefined;
  };
  if (answer !== undefined) return <>{result?.(answer)}</>;
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack>
        {explanation && <Text size="sm">{explanation}</Text>}
        {refusal && !known && (
          <Alert color="red" role="alert" title={refusal.message}>
            {refusal instanceof ApiError && refusal.remedy}
          </Alert>
        )}
        {fields.map((each) => (
          <Input
            key={each.name}
            field={each}
            text={texts[each.name] ?? ''}
            error={errorAt(each)}
            onText={(text) => setTexts({ ...filled, [each.name]: text })}
          />
        ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={send.isPending} {...(dangerous && { color: 'red' })}>
            {t(fields.length === 0 ? 'confirm' : 'save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Input({
  field,
  text,
  error,
  onText,
}: {
  field: Field;
  text: string;
  error: string | undefined;
  onText: (text: string) => void;
}): ReactElement {
  const { label, type = 'text', options = [], required = false, hint } = field;
  const shared = { label, required, error, description: hint };
  if (field.lookup)
    return (
      <Lookup
        kind={field.lookup}
        label={label}
        required={required}
        error={error}
        description={hint}
        value={text}
        onChange={onText}
      />
    );
  if (type === 'choice')
    return (
      <Select
        {...shared}
        data={[...options]}
        value={text || null}
        searchable={options.length > 8}
        clearable={!required}
        onChange={(value) => onText(value ?? '')}
      />
    );
  if (type === 'yes')
    return (
      <Checkbox
        label={label}
        description={hint}
        checked={text === 'true'}
        onChange={(event) => onText(String(event.currentTarget.checked))}
      />
    );
  if (type === 'long')
    return (
      <Textarea {...shared} autosize minRows={3} value={text} onChange={(event) => onText(event.currentTarget.value)} />
    );
  if (type === 'date' || type === 'datetime')
    return <DateInput {...shared} kind={type} value={text} onValue={onText} />;
  return (
    <TextInput
      {...shared}
      type={type === 'password' ? 'password' : 'text'}
      {...(type === 'number' && { inputMode: 'numeric' as const })}
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}
