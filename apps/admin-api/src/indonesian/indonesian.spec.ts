import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
  validateSync,
} from 'class-validator';
import ts from 'typescript';
import { errorInIndonesian, faultsInIndonesian, inIndonesian, readsIndonesian, words } from './indonesian.js';

const root = join(import.meta.dirname, '../../../..');
const sources = ['apps/admin-api/src', 'libs'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.spec\.ts$|\.d\.ts$|^(testing|api-client)\/|\bcli\//.test(name))
    .map((name) => join(root, folder, name)),
);

/** Who refuses, and from which argument on it is said for people. */
const CLASSES: Readonly<Record<string, number>> = {
  FieldError: 1,
  ConflictError: 0,
  ApiError: 1,
  FieldFault: 2,
  FileRefused: 1,
};
const CALLS: Readonly<Record<string, number>> = { refuse: 2, busy: 0, need: 2, rule: 2 };

/** A text of the source with `{1}` for what is filled in; undefined for what is no text. */
function templateOf(node: ts.Node): string | undefined {
  let places = 0;
  const told = (part: ts.Node): string | undefined => {
    if (ts.isStringLiteralLike(part)) return part.text.replaceAll('$property', () => `{${++places}}`);
    if (ts.isTemplateExpression(part)) {
      const head = part.head.text.replaceAll('$property', () => `{${++places}}`);
      return head + part.templateSpans.map(({ literal }) => `{${++places}}${literal.text}`).join('');
    }
    if (ts.isBinaryExpression(part) && part.operatorToken.kind === ts.SyntaxKind.PlusToken) {
      const [left, right] = [told(part.left), told(part.right)];
      return left !== undefined && right !== undefined ? left + right : undefined;
    }
    return undefined;
  };
  return told(node);
}

const isSentence = (text: string): boolean => /[a-z]{2}.*\s|\s.*[a-z]{2}/.test(text);

/** Every sentence with which something is refused, with its file, and every word that fills one. */
function said(): { sentences: Map<string, string>; kinds: Set<string> } {
  const sentences = new Map<string, string>();
  const kinds = new Set<string>();
  for (const file of sources) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const take = (node: ts.Node, prefix = ''): void => {
      const text = templateOf(node);
      // `${message}.` says nothing itself.
      const whole =
        text === undefined
          ? ''
          : prefix === ''
            ? text
            : `{1} ${text.replace(/\{(\d)\}/g, (_, n) => `{${Number(n) + 1}}`)}`;
      if (isSentence(whole.replace(/\{\d\}/g, ''))) sentences.set(whole, file.slice(root.length + 1));
      else ts.forEachChild(node, (child) => take(child, prefix));
    };
    const visit = (node: ts.Node): void => {
      const name = (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText();
      const from = name ? (ts.isNewExpression(node) ? CLASSES[name] : CALLS[name]) : undefined;
      const args = ts.isNewExpression(node) || ts.isCallExpression(node) ? (node.arguments ?? []) : [];
      if (from !== undefined) args.slice(from).forEach((argument) => take(argument, name === 'rule' ? '{1}' : ''));
      if (name === 'NotFoundError' && args[0] && ts.isStringLiteralLike(args[0])) kinds.add(args[0].text);
      if (ts.isPropertyAssignment(node)) {
        const property = node.name.getText();
        if (property === 'noun' && ts.isStringLiteralLike(node.initializer)) kinds.add(node.initializer.text);
        if (
          /^(message|remedy)$/.test(property) &&
          /admin-api|persistence\/src\/(registry|detection)|csv-file/.test(file)
        )
          take(node.initializer);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { sentences, kinds };
}

const FILLED = 'X9';
const fill = (template: string): string => template.replace(/\{\d\}/g, FILLED);

describe('refusals in Indonesian', () => {
  const { sentences, kinds } = said();

  test('every sentence of the sources has one', () => {
    expect(sentences.size).toBeGreaterThan(200);
    const without = [...sentences].filter(([template]) => inIndonesian(fill(template)) === fill(template));
    expect(without.map(([template, file]) => `${file}: ${template}`)).toEqual([]);
  });

  test('what is filled in comes through', () => {
    const lost = [...sentences.keys()].filter((template) => {
      const times = (text: string): number => text.split(FILLED).length - 1;
      return times(inIndonesian(fill(template))) < Math.min(1, times(fill(template)));
    });
    expect(lost).toEqual([]);
  });

  test('every kind of thing that there may be none of has a word', () => {
    expect(kinds.size).toBeGreaterThan(20);
    expect([...kinds].filter((kind) => words[kind] === undefined)).toEqual([]);
    expect(inIndonesian('There is no ticket range "7".')).toBe('Tidak ada rentang karcis "7".');
  });

  test('the rules for fields that requests use are worded', () => {
    class Inner {
      @IsString() text!: string;
    }
    class Wrong {
      @IsString() a = 1;
      @MaxLength(2) b = 'abc';
      @MinLength(5) c = 'abc';
      @Length(5, 6) d = 'abc';
      @Length(1, 2) e = 'abc';
      @IsIn(['x', 'y']) f = 'z';
      @Min(5) g = 1;
      @Max(0) h = 1;
      @IsInt() i = 1.5;
      @Matches(/^x$/) j = 'y';
      @IsObject() k = 1;
      @IsBoolean() l = 1;
      @IsArray() m = 1;
      @ArrayMaxSize(1) n = [1, 2];
      @ArrayMinSize(3) o = [1, 2];
      @IsNumber() p = 'x';
      @ValidateNested() q: unknown = 'no object';
      @IsString({ each: true }) r = [1];
      @ValidateNested() s = new Inner();
    }
    const messages = validateSync(new Wrong()).flatMap(({ constraints, children }) =>
      Object.values(constraints ?? children![0]!.constraints!),
    );
    expect(messages.length).toBe(19);
    expect(messages.filter((message) => inIndonesian(`${message}.`) === `${message}.`)).toEqual([]);
    const covered = readFileSync(import.meta.filename, 'utf8');
    const used = sources.flatMap((file) => [
      ...(/import \{([^}]*)\} from 'class-validator'/.exec(readFileSync(file, 'utf8'))?.[1] ?? '').matchAll(/\w+/g),
    ]);
    const decorators = new Set(
      used.map(([name]) => name).filter((name) => /^(Is|Max|Min|Length|Array|Matches)/.test(name)),
    );
    expect([...decorators].filter((name) => !covered.includes(`@${name}(`) && name !== 'IsOptional')).toEqual([]);
  });

  test('the longest form counts, and a refusal within a refusal is worded, too', () => {
    expect(inIndonesian('limit must be a whole number.')).toBe('limit harus bilangan bulat.');
    expect(
      inIndonesian(
        'Nothing of a.csv was booked: No line of 3 can be taken; the first: text must have 1 to 9 characters',
      ),
    ).toBe(
      'Tidak ada isi a.csv yang dibukukan: Tidak satu pun dari 3 baris dapat diterima; yang pertama: text harus 1 sampai 9 karakter',
    );
    expect(inIndonesian('Something new.')).toBe('Something new.');
  });

  test('a body keeps its code and field; rows are worded', () => {
    expect(
      errorInIndonesian({
        code: 'bad-rows',
        message: '2 rows are wrong; nothing was stored.',
        rows: [{ line: 2, field: 'code', message: 'a point with the code MDN-1 exists' }],
      }),
    ).toEqual({
      code: 'bad-rows',
      message: '2 baris salah; tidak ada yang disimpan.',
      rows: [{ line: 2, field: 'code', message: 'titik dengan kode MDN-1 sudah ada' }],
    });
  });

  test('a preview tells what is wrong in a line of a bank file; a page of other rows is left alone', () => {
    const message = 'line 3, amount: "4.000,00" has a comma; write 4000 or 4000.00, no separators';
    expect(faultsInIndonesian({ accepted: 2, firstErrors: [{ line: 3, field: 'amount', message }] })).toEqual({
      accepted: 2,
      firstErrors: [
        {
          line: 3,
          field: 'amount',
          message: 'baris 3, amount: "4.000,00" memuat koma; tulis 4000 atau 4000.00, tanpa pemisah ribuan',
        },
      ],
    });
    const refused = {
      rows: [{ id: 4, refusal: 'line 3, amount: "4.000,00" has a comma; write 4000 or 4000.00, no separators' }],
    };
    expect(faultsInIndonesian(refused).rows[0]!.refusal).toMatch(/^baris 3, amount: .* memuat koma/);
    const page = { rows: [{ id: 1, name: 'The session is over.' }], total: 1 };
    expect(faultsInIndonesian(page)).toBe(page);
  });

  test.each([
    ['id', true],
    ['id-ID,id;q=0.9,en;q=0.8', true],
    ['en-GB,id;q=0.5', false],
    [undefined, false],
  ])('%s reads Indonesian: %s', (header, expected) => expect(readsIndonesian(header)).toBe(expected));
});
