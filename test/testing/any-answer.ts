// Bodies of answers made from shapes, in the looser forms in which services write them.
import type { Shape } from '@holdpoint/protocol';
import fc from 'fast-check';
import type { KnownMembers } from './oracle.ts';

const millisecond = fc.integer({ min: -30_000_000_000_000, max: 200_000_000_000_000 });

/** A JSON value of a shape, with members that the model does not know and members that are null. */
export function anyAnswer(shape: Shape, known: KnownMembers, path = ''): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case 'structure': {
      const names = Object.keys(shape.members).filter((name) => `${path && `${path}.`}${name}` in known);
      const members = names.map((name) => {
        const value = anyAnswer(shape.members[name]!, known, `${path && `${path}.`}${name}`);
        return [name, fc.option(value, { freq: 8 })] as const;
      });
      const unknown = { Unknown: fc.jsonValue(), __type: fc.constant('Type') };
      return fc.record({ ...Object.fromEntries(members), ...unknown }, { requiredKeys: [] });
    }
    case 'list':
      return fc.array(anyAnswer(shape.member, known, `${path}.[]`), { maxLength: 3 });
    case 'map':
      return fc.dictionary(fc.string(), anyAnswer(shape.value, known, path), { maxKeys: 3 });
    case 'string':
      return fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constant(''));
    case 'integer':
      return fc.integer();
    case 'boolean':
      return fc.boolean();
    case 'timestamp':
      return fc.oneof(
        millisecond.map((time) => time / 1000),
        millisecond.map((time) => Math.trunc(time / 1000)),
        millisecond.map((time) => new Date(time).toISOString()),
        millisecond.map((time) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')),
        millisecond.map((time) => new Date(time).toISOString().replace('Z', '000+00:00')),
        millisecond.map((time) => new Date(time).toUTCString()),
      );
    default:
      throw new Error(`No output of these operations has the type ${shape.type}.`);
  }
}

/** A JSON value of a shape with every member, its moments in the form of the model. */
export function fullAnswer(shape: Shape): unknown {
  switch (shape.type) {
    case 'structure':
      return Object.fromEntries(Object.entries(shape.members).map(([name, member]) => [name, fullAnswer(member)]));
    case 'list':
      return [fullAnswer(shape.member), fullAnswer(shape.member)];
    case 'map':
      return { 'a "b"': fullAnswer(shape.value), '': fullAnswer(shape.value) };
    case 'string':
      return shape.enum?.[0] ?? 'é "x" \\ 😀\n';
    case 'integer':
      return 3;
    case 'boolean':
      return true;
    case 'timestamp':
      return shape.format === 'date-time' ? '2020-02-24T12:00:00.123Z' : 1_582_545_600.123;
    default:
      throw new Error(`No output of these operations has the type ${shape.type}.`);
  }
}
