import { ApiError } from '../errors.ts';

const kinds: { readonly [type: string]: string } = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  undefined: 'nothing',
  bigint: 'a big integer',
};

/** The refusal of a value that is not of its shape's type; the value itself is never repeated. */
export function misfit(path: string, expected: string, found: unknown): ApiError {
  const kind =
    found === null ? 'null' : Array.isArray(found) ? 'a list' : (kinds[typeof found] ?? `an ${typeof found}`);
  return new ApiError('SerializationException', `Expected ${expected} ${at(path)}, found ${kind}.`);
}

/** The refusal of a text or number of the right type that does not say what it should. */
export function malformed(path: string, expected: string): ApiError {
  return new ApiError('SerializationException', `Expected ${expected} ${at(path)}.`);
}

function at(path: string): string {
  return path === '' ? 'as the body' : `at '${path.length > 200 ? `${path.slice(0, 200)}…` : path}'`;
}
