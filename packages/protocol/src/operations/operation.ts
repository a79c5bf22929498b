import type { StructureShape } from '../shape.ts';

/** How a list is walked in pages. */
export interface Paginator {
  readonly inputToken: string;
  readonly outputToken: string;
  readonly limitKey: string;
  readonly resultKey: string;
}

/** One operation as data. */
export interface Operation {
  readonly name: string;
  readonly service: 'sagemaker' | 'sagemaker-a2i-runtime' | 'holdpoint';
  readonly protocol: 'json-1-1' | 'rest-json';
  /** JSON 1.1 only: the value of `X-Amz-Target`, such as `SageMaker.CreateFlowDefinition`. */
  readonly target?: string;
  readonly http: { readonly method: string; readonly uri: string };
  readonly input: StructureShape;
  readonly output: StructureShape;
  /** Names of the modelled errors. */
  readonly errors: readonly string[];
  readonly paginator?: Paginator;
  /** A repetition makes something new, so a client must not repeat a call that may have arrived. */
  readonly creates?: true;
}

/** What differs between the operations of one service. */
export interface OperationFacts {
  readonly input: StructureShape;
  readonly output: StructureShape;
  readonly errors?: readonly string[];
  /** The output member whose list is walked with NextToken and MaxResults. */
  readonly pages?: string;
  readonly creates?: true;
  readonly http?: { readonly method: string; readonly uri: string };
}

type Service = Operation['service'];
type Operations<S extends Service, F extends { readonly [name: string]: OperationFacts }> = {
  readonly [N in keyof F & string]: Omit<Operation, 'name' | 'service' | 'input' | 'output'> & {
    readonly name: N;
    readonly service: S;
    readonly input: F[N]['input'];
    readonly output: F[N]['output'];
  } & (F[N] extends { readonly pages: infer List extends string }
      ? { readonly paginator: Paginator & { readonly resultKey: List } }
      : unknown);
};

function define<S extends Service, const F extends { readonly [name: string]: OperationFacts }>(
  service: S,
  protocol: Operation['protocol'],
  targetPrefix: string | undefined,
  facts: F,
): Operations<S, F> {
  const table: { [name: string]: Operation } = {};
  for (const [name, fact] of Object.entries(facts)) {
    table[name] = {
      name,
      service,
      protocol,
      ...(targetPrefix === undefined ? {} : { target: `${targetPrefix}.${name}` }),
      http: fact.http ?? { method: 'POST', uri: '/' },
      input: fact.input,
      output: fact.output,
      errors: fact.errors ?? [],
      ...(fact.creates && { creates: fact.creates }),
      ...(fact.pages === undefined
        ? {}
        : {
            paginator: {
              inputToken: 'NextToken',
              outputToken: 'NextToken',
              limitKey: 'MaxResults',
              resultKey: fact.pages,
            },
          }),
    };
  }
  return table as Operations<S, F>;
}

/** Operations of the A2I runtime API (2019-11-07). */
export function runtimeOperations<const F extends { readonly [name: string]: OperationFacts }>(
  facts: F,
): Operations<'sagemaker-a2i-runtime', F> {
  return define('sagemaker-a2i-runtime', 'rest-json', undefined, facts);
}

/** Operations of the SageMaker API (2017-07-24). */
export function sageMakerOperations<const F extends { readonly [name: string]: OperationFacts }>(
  facts: F,
): Operations<'sagemaker', F> {
  return define('sagemaker', 'json-1-1', 'SageMaker', facts);
}

/** Operations of our own. */
export function holdpointOperations<const F extends { readonly [name: string]: OperationFacts }>(
  facts: F,
): Operations<'holdpoint', F> {
  return define('holdpoint', 'json-1-1', 'Holdpoint', facts);
}
