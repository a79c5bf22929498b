// What one side writes, the other reads as the same value: random shapes, random values.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Shape, StructureShape } from '../shape.ts';
import { decodeJson11Request, decodeJson11Response, encodeJson11Request, encodeJson11Response } from './json-1-1.ts';
import {
  decodeRestJsonRequest,
  decodeRestJsonResponse,
  encodeRestJsonRequest,
  encodeRestJsonResponse,
} from './rest-json.ts';

interface Sample {
  readonly shape: Shape;
  readonly value: unknown;
}
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '__proto__', 'NaN', ',', '"', ' a'));
const time = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => new Date(date));
// Minus zero is left out: JSON has none.
const number = fc.double().filter((value) => !Object.is(value, -0));

const scalar: fc.Arbitrary<Sample> = fc.oneof(
  text.map((value): Sample => ({ shape: { type: 'string' }, value })),
  fc.boolean().map((value): Sample => ({ shape: { type: 'boolean' }, value })),
  fc.integer().map((value): Sample => ({ shape: { type: 'integer' }, value })),
  fc.maxSafeInteger().map((value): Sample => ({ shape: { type: 'long' }, value })),
  number.map((value): Sample => ({ shape: { type: 'double' }, value })),
  time.map((value): Sample => ({ shape: { type: 'timestamp' }, value })),
  time.map((value): Sample => ({ shape: { type: 'timestamp', format: 'date-time' }, value })),
  fc.uint8Array().map((value): Sample => ({ shape: { type: 'blob' }, value })),
  fc
    .jsonValue({ maxDepth: 4 })
    .filter((value) => value !== null)
    .map((value): Sample => ({ shape: { type: 'document' }, value: JSON.parse(JSON.stringify(value)) })),
);

const { any } = fc.letrec<{ any: Sample }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.tuple(tie('any'), fc.nat({ max: 3 })).map(
      ([{ shape, value }, count]): Sample => ({
        shape: { type: 'list', member: shape },
        value: Array.from({ length: count }, () => value),
      }),
    ),
    fc.tuple(tie('any'), fc.uniqueArray(text, { maxLength: 3 })).map(
      ([{ shape, value }, keys]): Sample => ({
        shape: { type: 'map', key: { type: 'string' }, value: shape },
        value: Object.fromEntries(keys.map((key) => [key, value])),
      }),
    ),
    fc.array(tie('any'), { maxLength: 3 }).map((samples) => structureOf(samples)),
  ),
}));

function structureOf(samples: readonly Sample[]): {
  readonly shape: StructureShape;
  readonly value: Record<string, unknown>;
} {
  const members = Object.fromEntries(samples.map(({ shape }, index) => [`Member${index}`, shape]));
  const bindings = { Member0: { wireName: 'renamed' } };
  return {
    shape: { type: 'structure', members, ...(samples.length > 0 ? { bindings } : {}) },
    value: Object.fromEntries(samples.map(({ value }, index) => [`Member${index}`, value])),
  };
}

const structures = fc.array(any, { maxLength: 4 }).map(structureOf);

it('bodies of both protocols', () => {
  fc.assert(
    fc.property(structures, ({ shape, value }) => {
      const operation = { input: shape, output: shape, target: 'A.B', http: { method: 'POST', uri: '/' } };
      expect(decodeJson11Request(operation, encodeJson11Request(operation, value).body)).toEqual(value);
      expect(decodeJson11Response(operation, encodeJson11Response(operation, value))).toEqual(value);
      const request = encodeRestJsonRequest(operation, value);
      expect(decodeRestJsonRequest(operation, { ...request, labels: {} })).toEqual(value);
      expect(decodeRestJsonResponse(operation, encodeRestJsonResponse(operation, value))).toEqual(value);
    }),
  );
});

it('labels, queries and headers', () => {
  const wellFormed = fc.string({ unit: 'grapheme' });
  const visible = fc.string({ minLength: 1 }).filter((value) => value.trim() === value);
  fc.assert(
    fc.property(
      fc.record({
        Label: wellFormed.filter((value) => value !== ''),
        Query: wellFormed,
        Words: fc.array(wellFormed, { minLength: 1 }),
        When: time,
        Header: visible,
        Names: fc.array(visible, { minLength: 1 }),
        Body: text,
      }),
      (value) => {
        const string = { type: 'string' } as const;
        const input: StructureShape = {
          type: 'structure',
          members: {
            Label: string,
            Query: string,
            Words: { type: 'list', member: string },
            When: { type: 'timestamp' },
            Header: string,
            Names: { type: 'list', member: string },
            Body: string,
          },
          bindings: {
            Label: { location: 'label' },
            Query: { location: 'query', wireName: 'q & r' },
            Words: { location: 'query' },
            When: { location: 'query' },
            Header: { location: 'header', wireName: 'X-Header' },
            Names: { location: 'header', wireName: 'X-Names' },
          },
        };
        const request = encodeRestJsonRequest({ input, http: { method: 'POST', uri: '/a/{Label}' } }, value);
        const labels = { Label: request.path.slice(3) };
        expect(labels.Label).toMatch(/^[\w.~%-]+$/);
        expect(decodeRestJsonRequest({ input }, { ...request, labels })).toEqual(value);
      },
    ),
  );
});
