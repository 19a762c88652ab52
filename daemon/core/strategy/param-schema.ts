import type { ParamDeclaration, ParamDeclarations } from './params.ts';

/** A piece of JSON Schema (draft 2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema of a strategy's parameters, for editors and for the command line's help. */
export function jsonSchemaOf(declarations: ParamDeclarations): JsonSchema {
  const properties = Object.fromEntries(Object.entries(declarations).map(([name, declaration]) => [name, propertyOf(declaration)]));
  return { type: 'object', properties, additionalProperties: false };
}

function propertyOf(declaration: ParamDeclaration): JsonSchema {
  const { label, unit, danger } = declaration;
  const title = unit === undefined ? label : `${label} (${unit})`;
  const common = { title, default: declaration.default, ...(danger === undefined ? {} : { description: danger }) };
  switch (declaration.kind) {
    case 'bool':
      return { type: 'boolean', ...common };
    case 'pick':
      return { enum: declaration.options, ...common };
    case 'optional-pct':
      return { type: ['number', 'null'], minimum: declaration.min, maximum: declaration.max, ...common };
    case 'int':
    case 'num':
    case 'pct':
      return { type: declaration.kind === 'int' ? 'integer' : 'number', minimum: declaration.min, maximum: declaration.max, ...common };
  }
}
