import { didYouMean } from './did-you-mean.ts';

/** One declaration of a strategy's parameters: it yields the type, the validation, the settings view and the optimiser's bounds. */
interface Common {
  readonly label: string;
  readonly unit?: string;
  /** May an optimiser vary it? */
  readonly optimise?: boolean;
  /** What can go wrong by setting it, shown beside it. */
  readonly danger?: string;
}
/** A number within bounds: `int` whole, `num` any, `pct` a percentage (10 is ten percent). The step guides an optimiser; values between steps are fine. */
export interface NumberParam extends Common {
  readonly kind: 'int' | 'num' | 'pct';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
}
/** A percentage within bounds, or null: off. */
export interface OptionalNumberParam extends Common {
  readonly kind: 'optional-pct';
  readonly default: number | null;
  readonly min: number;
  readonly max: number;
}
/** A switch. */
export interface BoolParam extends Common {
  readonly kind: 'bool';
  readonly default: boolean;
}
/** One of a few words. */
export interface PickParam<Option extends string> extends Common {
  readonly kind: 'pick';
  readonly default: Option;
  readonly options: readonly Option[];
}

export type ParamDeclaration = NumberParam | OptionalNumberParam | BoolParam | PickParam<string>;
export type ParamDeclarations = Readonly<Record<string, ParamDeclaration>>;

/** The values a set of declarations admits, each with its own type. */
export type ParamsOf<D extends ParamDeclarations> = {
  readonly [Name in keyof D]: D[Name] extends OptionalNumberParam
    ? number | null
    : D[Name] extends NumberParam
      ? number
      : D[Name] extends BoolParam
        ? boolean
        : D[Name] extends PickParam<infer Option>
          ? Option
          : never;
};

/** Parameter values with their types forgotten, as they are stored and passed on. */
export type ParamValues = Readonly<Record<string, number | boolean | string | null>>;

/** One fault of a parameter, in the words of the settings' fault list. */
export interface ParamFault {
  /** The parameter's name; empty where the whole is at fault. */
  readonly param: string;
  readonly found: unknown;
  readonly expected: string;
  readonly remedy: string;
}

type Shape<P extends ParamDeclaration> = Omit<P, 'kind' | 'default'>;

/** Declares a whole number within [min, max]. */
export const int = (preset: number, shape: Shape<NumberParam>): NumberParam => sound({ kind: 'int', default: preset, ...shape });
/** Declares a number within [min, max]. */
export const num = (preset: number, shape: Shape<NumberParam>): NumberParam => sound({ kind: 'num', default: preset, ...shape });
/** Declares a percentage within [min, max]; 10 is ten percent. */
export const pct = (preset: number, shape: Shape<NumberParam>): NumberParam => sound({ kind: 'pct', default: preset, ...shape });
/** Declares a percentage within [min, max] that may be switched off with null. */
export const optionalPct = (preset: number | null, shape: Shape<OptionalNumberParam>): OptionalNumberParam =>
  sound({ kind: 'optional-pct', default: preset, ...shape });
/** Declares a switch. */
export const bool = (preset: boolean, shape: Shape<BoolParam>): BoolParam => sound({ kind: 'bool', default: preset, ...shape });
/** Declares a choice of one word among `options`. */
export const pick = <const Option extends string>(preset: Option, shape: Shape<PickParam<Option>>): PickParam<Option> =>
  sound({ kind: 'pick', default: preset, ...shape });

/** A declaration that contradicts itself is its author's mistake, told when the strategy is declared: RangeError. */
function sound<P extends ParamDeclaration>(declaration: P): P {
  if (typeof declaration.label !== 'string' || declaration.label === '') throw new RangeError('a parameter needs a label');
  const wrong = whyNot(declaration, declaration.default);
  if (wrong !== null) throw new RangeError(`parameter "${declaration.label}": the default ${show(declaration.default)} is not ${wrong}`);
  return declaration;
}

/** A fault and the full path it stands at, e.g. `bots[0].params.period`. */
export interface PlacedParamFault extends ParamFault {
  readonly path: string;
}
/** The values, each default filled in; or every fault at once. */
export type ReadParams =
  { readonly ok: true; readonly values: ParamValues } | { readonly ok: false; readonly faults: readonly PlacedParamFault[] };

/**
 * Reads given values against their declarations. Values are taken as they are: the text "10" is no number. Unknown names are
 * faults, with the nearest known name as the remedy. `path` is where the values stand, e.g. `bots[0].params`.
 */
export function readParams(declarations: ParamDeclarations, given: unknown, path: string): ReadParams {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const expected = 'an object of parameters';
    return { ok: false, faults: [{ path, param: '', found: given, expected, remedy: `write {} to take every default` }] };
  }
  const known = Object.keys(declarations);
  const at = (param: string): string => (path === '' ? param : `${path}.${param}`);
  const faults: PlacedParamFault[] = (Object.entries(given) as [string, unknown][])
    .filter(([name]) => !Object.hasOwn(declarations, name))
    .map(([name, found]) => ({
      path: at(name),
      param: name,
      found,
      expected: knownNames(known),
      remedy: didYouMean(name, known) ?? `remove ${name}`,
    }));
  const values: Record<string, number | boolean | string | null> = {};
  for (const [name, declaration] of Object.entries(declarations)) {
    const found: unknown = Object.hasOwn(given, name) ? (Reflect.get(given, name) as unknown) : declaration.default;
    const wrong = whyNot(declaration, found);
    if (wrong === null) values[name] = found as number | boolean | string | null;
    else faults.push({ path: at(name), param: name, found, expected: wrong, remedy: remedyFor(declaration, name, found) });
  }
  return faults.length === 0 ? { ok: true, values } : { ok: false, faults };
}

/** What was expected where a value does not fit its declaration; null where it fits. */
function whyNot(declaration: ParamDeclaration, value: unknown): string | null {
  switch (declaration.kind) {
    case 'bool':
      return typeof value === 'boolean' ? null : 'true or false';
    case 'pick':
      return declaration.options.some((option) => option === value) ? null : `one of ${declaration.options.map(show).join(', ')}`;
    case 'optional-pct':
      return value === null || inRange(declaration, value)
        ? null
        : `a number from ${declaration.min} to ${declaration.max}, or null for off`;
    case 'int':
      return inRange(declaration, value) && Number.isInteger(value) ? null : `a whole number from ${declaration.min} to ${declaration.max}`;
    case 'num':
    case 'pct':
      return inRange(declaration, value) ? null : `a number from ${declaration.min} to ${declaration.max}`;
  }
}

const inRange = ({ min, max }: { readonly min: number; readonly max: number }, value: unknown): boolean =>
  typeof value === 'number' && value >= min && value <= max;

const show = (value: unknown): string => JSON.stringify(value) ?? String(value);

const knownNames = (names: readonly string[]): string => (names.length === 0 ? 'no parameters' : `one of ${names.join(', ')}`);

function remedyFor(declaration: ParamDeclaration, name: string, found: unknown): string {
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : Number.NaN;
  if (whyNot(declaration, number) === null) return `write ${number} without the quotes`;
  const near = declaration.kind === 'pick' && typeof found === 'string' ? didYouMean(found, declaration.options) : null;
  return near ?? `set ${name} within that, or leave it out for its default ${show(declaration.default)}`;
}
