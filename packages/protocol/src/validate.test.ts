import { describe, expect, it } from 'vitest';
import { operations } from './operations/index.ts';
import { integer, list, oneOf, type Shape, string, structure } from './shape.ts';
import { validate, validationMessage } from './validate.ts';

const start = operations.StartHumanLoop.input;
const arn = 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/flow';
const good = { HumanLoopName: 'loop-1', FlowDefinitionArn: arn, HumanLoopInput: { InputContent: '{}' } };
const named = (HumanLoopName: string) => ({ ...good, HumanLoopName });
const namePattern = '[A-Za-z0-9](-*[A-Za-z0-9])*';
const fails = 'failed to satisfy constraint: Member must';

describe('validate', () => {
  const scenarios: readonly (readonly [string, Shape, unknown, readonly string[]])[] = [
    ['a good input', start, good, []],
    ['no input at all', structure({ A: string() }, ['A']), undefined, [`Value null at 'a' ${fails} not be null`]],
    ['upper case in a loop name', start, named('Fraud-detector-1'), []],
    [
      'everything missing',
      start,
      {},
      [
        `Value null at 'humanLoopName' ${fails} not be null`,
        `Value null at 'flowDefinitionArn' ${fails} not be null`,
        `Value null at 'humanLoopInput' ${fails} not be null`,
      ],
    ],
    [
      'a nested missing member',
      start,
      { ...good, HumanLoopInput: {} },
      [`Value null at 'humanLoopInput.inputContent' ${fails} not be null`],
    ],
    [
      'a pattern, matched whole',
      start,
      named('loop-1-'),
      [`Value 'loop-1-' at 'humanLoopName' ${fails} satisfy regular expression pattern: ${namePattern}`],
    ],
    [
      'a line break at the end',
      start,
      named('loop\n'),
      [`Value 'loop\n' at 'humanLoopName' ${fails} satisfy regular expression pattern: ${namePattern}`],
    ],
    [
      'an empty name breaks two constraints',
      start,
      named(''),
      [
        `Value '' at 'humanLoopName' ${fails} have length greater than or equal to 1`,
        `Value '' at 'humanLoopName' ${fails} satisfy regular expression pattern: ${namePattern}`,
      ],
    ],
    [
      'a long name is not matched',
      start,
      named('x'.repeat(64)),
      [`Value '${'x'.repeat(64)}' at 'humanLoopName' ${fails} have length less than or equal to 63`],
    ],
    [
      'an enum in a list',
      start,
      { ...good, DataAttributes: { ContentClassifiers: ['FreeOfAdultContent', 'Nope'] } },
      [
        `Value 'Nope' at 'dataAttributes.contentClassifiers.2.member' ${fails} satisfy enum value set: [FreeOfPersonallyIdentifiableInformation, FreeOfAdultContent]`,
      ],
    ],
    [
      'content that is too long is not repeated',
      start,
      { ...good, HumanLoopInput: { InputContent: 'x'.repeat(3_145_729) } },
      [`Value at 'humanLoopInput.inputContent' ${fails} have length less than or equal to 3145728`],
    ],
    ['astral characters count once', start, { ...good, HumanLoopInput: { InputContent: '😀'.repeat(3_145_728) } }, []],
    [
      'numbers',
      structure({ A: integer(1, 100), B: integer(50) }),
      { A: 101, B: 0 },
      [
        `Value '101' at 'a' ${fails} have value less than or equal to 100`,
        `Value '0' at 'b' ${fails} have value greater than or equal to 50`,
      ],
    ],
    [
      'sizes of lists',
      structure({ Words: list(oneOf('a', 'b'), { min: 1, max: 2 }), Things: list(structure({}), { max: 1 }) }),
      { Words: ['a', 'b', 'a'], Things: [{}, {}] },
      [
        `Value '[a, b, a]' at 'words' ${fails} have length less than or equal to 2`,
        `Value '[2 items]' at 'things' ${fails} have length less than or equal to 1`,
      ],
    ],
    [
      'a secret is never shown',
      structure({ Secret: string({ max: 3, sensitive: true }), Words: list(string({ sensitive: true }), { max: 0 }) }),
      { Secret: 'hush-hush', Words: ['hush'] },
      [
        `Value at 'secret' ${fails} have length less than or equal to 3`,
        `Value '[1 items]' at 'words' ${fails} have length less than or equal to 0`,
      ],
    ],
    [
      'code points in both directions',
      string({ min: 2, max: 3 }),
      '😀',
      [`Value '😀' at '' ${fails} have length greater than or equal to 2`],
    ],
    ['three astral characters', string({ min: 2, max: 3 }), '😀😀😀', []],
    ['lone surrogates count as one each', string({ max: 2 }), '\ud83d\ud83d', []],
    [
      'an inherited member is not there',
      structure({ toString: string() }, ['toString']),
      {},
      [`Value null at 'toString' ${fails} not be null`],
    ],
  ];

  it.each(scenarios)('%s', (_, shape, value, expected) => {
    expect(validate(shape, value)).toEqual(expected);
  });

  it('shows no more than the beginning of a long value', () => {
    const [violation = ''] = validate(string({ enum: ['a'] }), 'x'.repeat(10_000));
    expect(violation).toContain(`'${'x'.repeat(256)}…'`);
    expect(violation.length).toBeLessThan(400);
  });

  it.each(Object.values(operations))('every pattern of $name compiles', ({ input, output }) => {
    const walk = (shape: Shape): void => {
      if (shape.type === 'string' && shape.pattern !== undefined) new RegExp(`^(?:${shape.pattern})$`, 'u').test('x');
      else if (shape.type === 'structure') Object.values(shape.members).forEach(walk);
      else if (shape.type === 'list') walk(shape.member);
      else if (shape.type === 'map') [shape.key, shape.value].forEach(walk);
    };
    expect(() => [input, output].forEach(walk)).not.toThrow();
  });
});

describe('validationMessage', () => {
  it.each([
    [['a'], '1 validation error detected: a'],
    [['a', 'b'], '2 validation errors detected: a; b'],
  ])('joins %j', (violations, expected) => expect(validationMessage(violations)).toBe(expected));

  it('never exceeds what a Message may hold', () => {
    const message = validationMessage(Array.from({ length: 50 }, () => '😀'.repeat(100)));
    expect([...message]).toHaveLength(1024);
    expect(message.endsWith('…')).toBe(true);
    expect(message.isWellFormed()).toBe(true);
  });
});
