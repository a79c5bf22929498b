declare module 'jmespath' {
  /** Parses the expression; throws what is wrong with it. */
  export function compile(expression: string): unknown;
  /** What the expression finds in the value. */
  export function search(value: unknown, expression: string): unknown;
  const jmespath: { readonly compile: typeof compile; readonly search: typeof search };
  export default jmespath;
}
