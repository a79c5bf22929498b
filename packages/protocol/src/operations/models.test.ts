// Compares the table of operations with AWS's service models, member by member.
import { describe, expect, it } from 'vitest';
import { errorEntry, type Protocol } from '../errors.ts';
import { modelDeviations } from '../model-deviations.ts';
import type { Shape } from '../shape.ts';
import { hasConformanceData, readConformanceJson } from '../testing/conformance.ts';
import { type ModelShapes, modelShapes } from '../testing/model-shapes.ts';
import { operations } from './index.ts';
import type { Operation } from './operation.ts';

interface Model {
  readonly metadata: { readonly protocol: string; readonly targetPrefix?: string };
  readonly operations: Readonly<
    Record<
      string,
      {
        readonly http: { readonly method: string; readonly requestUri: string };
        readonly input: { readonly shape: string };
        readonly output: { readonly shape: string };
        readonly errors?: readonly { readonly shape: string }[];
      }
    >
  >;
  readonly shapes: ModelShapes;
}
interface Paginators {
  readonly pagination: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
type Facts = Map<string, unknown>;

const services = [
  { service: 'sagemaker-a2i-runtime', file: 'sagemaker-a2i-runtime', protocol: 'rest-json', count: 5 },
  { service: 'sagemaker', file: 'sagemaker-a2i-subset', protocol: 'json-1-1', count: 24 },
] as const;

/** One line per fact of a shape: path → value. A lower bound of 0 says nothing. */
function shapeFacts(facts: Facts, path: string, shape: Shape): void {
  for (const [key, value] of Object.entries(shape)) {
    if (key === 'members')
      for (const [name, member] of Object.entries(value)) shapeFacts(facts, `${path}.${name}`, member as Shape);
    else if (key === 'required') for (const name of value as string[]) facts.set(`${path}.required.${name}`, true);
    else if (key === 'member' || key === 'value' || key === 'key') shapeFacts(facts, `${path}[${key}]`, value as Shape);
    else if (key === 'bindings' || key === 'enum') facts.set(`${path}.${key}`, JSON.stringify(value));
    else if (!(key === 'min' && value === 0)) facts.set(`${path}.${key}`, value);
  }
}

function ourFacts(operation: Operation, protocol: Protocol): Facts {
  const facts: Facts = new Map();
  facts.set('protocol', operation.protocol);
  facts.set('target', operation.target);
  facts.set('http', JSON.stringify(operation.http));
  facts.set('paginator', operation.paginator && JSON.stringify(operation.paginator));
  for (const name of operation.errors) {
    const entry = errorEntry(name);
    facts.set(`errors.${name}`, protocol === 'rest-json' ? entry.restStatus : entry.jsonStatus);
    facts.set(`errors.${name}.modelled`, entry.modelled.includes(protocol));
  }
  shapeFacts(facts, 'input', operation.input);
  shapeFacts(facts, 'output', operation.output);
  return facts;
}

function theirFacts(model: Model, paginators: Paginators, name: string, protocol: Protocol): Facts {
  const facts: Facts = new Map();
  const operation = model.operations[name];
  if (operation === undefined) throw new Error(`The model has no operation ${name}`);
  const pages = paginators.pagination[name];
  const read = modelShapes(model.shapes);
  facts.set('protocol', protocol);
  facts.set('target', model.metadata.targetPrefix && `${model.metadata.targetPrefix}.${name}`);
  facts.set('http', JSON.stringify({ method: operation.http.method, uri: operation.http.requestUri }));
  facts.set(
    'paginator',
    pages &&
      JSON.stringify({
        inputToken: pages.input_token,
        outputToken: pages.output_token,
        limitKey: pages.limit_key,
        resultKey: pages.result_key,
      }),
  );
  for (const { shape } of operation.errors ?? []) {
    // The SageMaker model has no statuses: the service answers 400 to all of its modelled errors.
    facts.set(`errors.${shape}`, model.shapes[shape]?.error?.httpStatusCode ?? 400);
    facts.set(`errors.${shape}.modelled`, Object.keys(model.shapes[shape]?.members ?? {}).join() === 'Message');
  }
  shapeFacts(facts, 'input', read(operation.input.shape));
  shapeFacts(facts, 'output', read(operation.output.shape));
  return facts;
}

interface Difference {
  readonly path: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

function differences(name: string, ours: Facts, theirs: Facts): Difference[] {
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter((key) => ours.get(key) !== theirs.get(key))
    .map((key) => ({ path: `${name}.${key}`, ours: ours.get(key), theirs: theirs.get(key) }));
}

describe.skipIf(!hasConformanceData)('the table of operations and the service models', () => {
  const all: Difference[] = [];
  for (const { service, file, protocol, count } of services) {
    const model = hasConformanceData
      ? readConformanceJson<Model>(`models/${file}.json`)
      : ({ operations: {} } as unknown as Model);
    const paginators = hasConformanceData
      ? readConformanceJson<Paginators>(`models/${file}.paginators.json`)
      : { pagination: {} };
    const table: readonly Operation[] = Object.values(operations);
    const ours = table.filter((operation) => operation.service === service);

    it(`${service} has the operations of the model`, () => {
      expect(ours.map(({ name }) => name).sort()).toEqual(Object.keys(model.operations).sort());
      expect(ours).toHaveLength(count);
    });

    for (const operation of ours) {
      it(`${operation.name} has the facts of the model`, () => {
        const found = differences(
          operation.name,
          ourFacts(operation, protocol),
          theirFacts(model, paginators, operation.name, protocol),
        );
        all.push(...found);
        const unknown = found.filter(
          ({ path, ours, theirs }) =>
            !modelDeviations.some(
              (known) => path.endsWith(known.path) && known.ours === ours && known.theirs === theirs,
            ),
        );
        expect(unknown).toEqual([]);
      });
    }
  }

  it.each(modelDeviations)('still deviates at $path', ({ path, ours, theirs }) => {
    expect(all.filter((found) => found.path.endsWith(path)).map((found) => [found.ours, found.theirs])).toContainEqual([
      ours,
      theirs,
    ]);
  });
});
