// Turns the shapes of a botocore model, which refer to each other by name, into ours.
import type { Binding, Shape, StructureShape, TimestampFormat } from '../shape.ts';

export interface ModelReference {
  readonly shape: string;
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode';
  readonly locationName?: string;
  readonly jsonvalue?: boolean;
  readonly idempotencyToken?: boolean;
  readonly timestampFormat?: string;
}

export interface ModelShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, ModelReference>>;
  readonly required?: readonly string[];
  readonly payload?: string;
  readonly union?: boolean;
  readonly document?: boolean;
  readonly member?: ModelReference;
  readonly key?: ModelReference;
  readonly value?: ModelReference;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  readonly timestampFormat?: string;
  readonly error?: { readonly httpStatusCode?: number };
  readonly exception?: boolean;
}

export type ModelShapes = Readonly<Record<string, ModelShape>>;
type Draft = { -readonly [K in keyof StructureShape]: StructureShape[K] };

const formats: Readonly<Record<string, TimestampFormat>> = {
  iso8601: 'date-time',
  rfc822: 'http-date',
  unixTimestamp: 'epoch-seconds',
};
const locations: Readonly<Record<string, Exclude<Binding['location'], undefined>>> = {
  uri: 'label',
  querystring: 'query',
  header: 'header',
  headers: 'headers',
  statusCode: 'status-code',
};

/** A reader of one model's shapes; recursive structures become cyclic objects. */
export function modelShapes(shapes: ModelShapes): (name: string) => Shape {
  const known = new Map<string, Shape>();
  const read = (name: string): Shape => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const model = shapes[name];
    if (model === undefined) throw new Error(`The model has no shape ${name}`);
    return model.type === 'structure' && !model.document
      ? readStructure(name, model)
      : remember(name, readSimple(model, read));
  };
  const remember = (name: string, shape: Shape): Shape => {
    known.set(name, shape);
    return shape;
  };
  const readStructure = (name: string, model: ModelShape): Shape => {
    const members: Record<string, Shape> = {};
    const draft: Draft = { type: 'structure', members };
    known.set(name, draft);
    const bindings: Record<string, Binding> = {};
    for (const [memberName, reference] of Object.entries(model.members ?? {})) {
      members[memberName] = readMember(reference, read);
      const binding = readBinding(reference, members[memberName]);
      if (binding !== undefined) bindings[memberName] = binding;
    }
    if (model.required?.length) draft.required = model.required;
    if (Object.keys(bindings).length > 0) draft.bindings = bindings;
    if (model.payload !== undefined) draft.payload = model.payload;
    if (model.union) draft.union = true;
    return draft;
  };
  return read;
}

function readMember(reference: ModelReference, read: (name: string) => Shape): Shape {
  const shape = read(reference.shape);
  if (shape.type === 'string' && reference.jsonvalue) return { ...shape, jsonValue: true };
  const format = formats[reference.timestampFormat ?? ''];
  return shape.type === 'timestamp' && format !== undefined ? { ...shape, format } : shape;
}

function readBinding(reference: ModelReference, shape: Shape): Binding | undefined {
  const location =
    reference.location === 'querystring' && shape.type === 'map' ? 'query-map' : locations[reference.location ?? ''];
  const binding: Binding = {
    ...(location === undefined ? {} : { location }),
    ...(reference.locationName === undefined ? {} : { wireName: reference.locationName }),
    ...(reference.idempotencyToken ? { idempotencyToken: true as const } : {}),
  };
  return Object.keys(binding).length === 0 ? undefined : binding;
}

function readSimple(model: ModelShape, read: (name: string) => Shape): Shape {
  const bounds = {
    ...(model.min === undefined ? {} : { min: model.min }),
    ...(model.max === undefined ? {} : { max: model.max }),
  };
  switch (model.type) {
    case 'structure':
      return { type: 'document' };
    case 'string':
      return {
        type: 'string',
        ...bounds,
        ...(model.pattern === undefined ? {} : { pattern: model.pattern }),
        ...(model.enum === undefined ? {} : { enum: model.enum }),
        ...(model.sensitive ? { sensitive: true as const } : {}),
      };
    case 'list':
      return { type: 'list', member: readMember(model.member as ModelReference, read), ...bounds };
    case 'map': {
      const key = read(model.key?.shape ?? '');
      if (key.type !== 'string') throw new Error('The key of a map is not a string');
      return { type: 'map', key, value: readMember(model.value as ModelReference, read), ...bounds };
    }
    case 'timestamp': {
      const format = formats[model.timestampFormat ?? ''];
      return { type: 'timestamp', ...(format === undefined ? {} : { format }) };
    }
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return { type: model.type, ...bounds };
    case 'boolean':
      return { type: 'boolean' };
    case 'blob':
      return { type: 'blob', ...bounds };
    default:
      throw new Error(`Unknown type ${model.type}`);
  }
}
