// Inputs of operations made from their shapes: every member that is allowed, in any order, with texts that are hard to write.
import type { Shape, StructureShape } from '@holdpoint/protocol';
import fc from 'fast-check';
import { oddTexts } from './client-calls.ts';
import type { KnownMembers } from './oracle.ts';

const hardText = fc.oneof(fc.constantFrom(...Object.values(oddTexts), ''), fc.string({ unit: 'binary' }), fc.string());
/** Seconds that fit in all forms of a timestamp. */
const second = fc.integer({ min: -2_000_000_000, max: 4_000_000_000 });

/** An input that passes botocore's checks with a model that knows these members; patterns and upper bounds are the service's. */
export function validInput(shape: Shape, known: KnownMembers, path = ''): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case 'structure':
      return validStructure(shape, known, path);
    case 'list': {
      const { min: minLength = 0 } = shape;
      return fc.array(validInput(shape.member, known, `${path}.[]`), { minLength, maxLength: minLength + 2 });
    }
    case 'map':
      // Keys that look like numbers are put in order by JavaScript itself.
      return fc.dictionary(
        hardText.filter((key) => !/^\d+$/.test(key)),
        validInput(shape.value, known, path),
        { maxKeys: 3 },
      );
    case 'string':
      return hardText.map((text) => text.padEnd(2 * (shape.min ?? 0), 'x'));
    case 'integer':
      return fc.integer({ min: shape.min ?? -(2 ** 31), max: 2 ** 31 - 1 });
    case 'timestamp':
      return fc.oneof(
        second,
        second.map((seconds) => new Date(seconds * 1000)),
        second.map((seconds) => new Date(seconds * 1000).toISOString()),
      );
    default:
      throw new Error(`No input of these operations has the type ${shape.type}.`);
  }
}

function validStructure(shape: StructureShape, known: KnownMembers, path: string): fc.Arbitrary<unknown> {
  const pathOf = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const names = Object.keys(shape.members).filter((name) => pathOf(name) in known);
  const isRequired = (name: string): boolean => known[pathOf(name)] || (shape.required ?? []).includes(name);
  return fc
    .subarray(names.filter((name) => !isRequired(name)))
    .map((optional) => [...names.filter(isRequired), ...optional])
    .chain((chosen) => fc.shuffledSubarray(chosen, { minLength: chosen.length }))
    .chain((order) =>
      fc.tuple(
        ...order.map((name) =>
          validInput(shape.members[name]!, known, pathOf(name)).map((value) => [name, value] as const),
        ),
      ),
    )
    .map((entries) => Object.fromEntries(entries));
}
