/** One declaration of a strategy's parameters: it yields the type, the validation, the settings view and the optimiser's bounds. */
interface Common {
  readonly label: string;
  readonly unit?: string;
  /** May an optimiser vary it? */
  readonly optimise?: boolean;
  /** What can go wrong by setting it, shown beside it. */
  readonly danger?: string;
}
export interface NumberParam extends Common {
  readonly kind: 'int' | 'num' | 'pct';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
}
export interface OptionalNumberParam extends Common {
  readonly kind: 'optional-pct';
  readonly default: number | null;
  readonly min: number;
  readonly max: number;
}
export interface BoolParam extends Common {
  readonly kind: 'bool';
  readonly default: boolean;
}
export interface PickParam<Option extends string> extends Common {
  readonly kind: 'pick';
  readonly default: Option;
  readonly options: readonly Option[];
}

export type ParamDeclaration = NumberParam | OptionalNumberParam | BoolParam | PickParam<string>;
export type ParamDeclarations = Readonly<Record<string, ParamDeclaration>>;

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

/** One fault of a parameter, in the words of the settings' fault list. */
export interface ParamFault {
  /** The parameter's name. */
  readonly param: string;
  readonly found: unknown;
  readonly expected: string;
  readonly remedy: string;
}
