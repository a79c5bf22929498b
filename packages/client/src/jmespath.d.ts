declare module 'jmespath' {
  /** What the expression finds in the value. */
  export function search(value: unknown, expression: string): unknown;
  /** Parses the expression; throws what is wrong with it. */
  export function compile(expression: string): unknown;
  const jmespath: { readonly search: typeof search; readonly compile: typeof compile };
  export default jmespath;
}
