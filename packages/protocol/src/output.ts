// The shape of output.json, its key in the bucket and its bytes.
import type { Json } from './shape.ts';

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** One submitted answer, as the A2I developer guide's page on output data shows it. Times are RFC 3339 with milliseconds and `Z`. */
export interface HumanAnswer {
  /** When the worker accepted the task. */
  readonly acceptanceTime: string;
  /** What the form handed over, by the names of its controls. */
  readonly answerContent: JsonObject;
  /** When the answer was submitted. */
  readonly submissionTime: string;
  /** Active time in seconds, with milliseconds as fraction; pauses do not count. */
  readonly timeSpentInSeconds: number;
  /** 16 lower-case hexadecimal digits. */
  readonly workerId: string;
  /** Who answered, as the directory that signed the worker in names them. */
  readonly workerMetadata?: {
    readonly identityData: {
      readonly identityProviderType: 'Cognito' | 'Oidc';
      readonly issuer: string;
      readonly sub: string;
    };
  };
}

/** The document that is written when a human loop ends. */
export interface Output {
  /** The flow definition that the loop followed. */
  readonly flowDefinitionArn: string;
  /** In the order of submission. */
  readonly humanAnswers: readonly HumanAnswer[];
  /** The loop's name. */
  readonly humanLoopName: string;
  /** What StartHumanLoop was given. */
  readonly inputContent: Json;
  /** Only for the built-in task types. */
  readonly awsManagedHumanLoopRequestSource?: string;
}

/** The bytes of output.json: keys sorted at every level, no white space, numbers as JavaScript prints them. */
export function serializeOutput(output: Output): string {
  return stringifySorted(output);
}

interface Frame {
  readonly value: readonly unknown[] | Readonly<Record<string, unknown>>;
  /** The sorted keys of an object; undefined for an array. */
  readonly keys: readonly string[] | undefined;
  next: number;
  first: boolean;
}

function frameOf(value: object): Frame {
  if (Array.isArray(value)) return { value, keys: undefined, next: 0, first: true };
  // Array#sort without a comparator compares code units, which is the order that AWS's files have.
  const record = value as Readonly<Record<string, unknown>>;
  return { value: record, keys: Object.keys(record).sort(), next: 0, first: true };
}

/**
 * JSON text of plain data with the keys of every object sorted by code unit. Members whose value is undefined are left
 * out. The keys are ordered while writing, because an object rebuilt in sorted order would put integer-like keys first
 * and lose `__proto__`; nesting of any depth is fine, since a stack of its own replaces recursion.
 */
export function stringifySorted(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const stack: Frame[] = [frameOf(value)];
  const parts: string[] = [Array.isArray(value) ? '[' : '{'];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const length = frame.keys?.length ?? (frame.value as readonly unknown[]).length;
    if (frame.next >= length) {
      parts.push(frame.keys === undefined ? ']' : '}');
      stack.pop();
      continue;
    }
    const index = frame.next++;
    const key = frame.keys?.[index];
    const item =
      key === undefined
        ? (frame.value as readonly unknown[])[index]
        : (frame.value as Readonly<Record<string, unknown>>)[key];
    if (key !== undefined && item === undefined) continue;
    const comma = frame.first ? '' : ',';
    frame.first = false;
    const name = key === undefined ? '' : `${JSON.stringify(key)}:`;
    if (typeof item === 'object' && item !== null) {
      parts.push(comma, name, Array.isArray(item) ? '[' : '{');
      stack.push(frameOf(item));
    } else {
      parts.push(comma, name, JSON.stringify(item) ?? 'null');
    }
  }
  return parts.join('');
}

/**
 * The key of a loop's output: `PREFIX/FLOW/YYYY/MM/DD/hh/mm/ss/LOOP/output.json`, date parts of the loop's creation in
 * UTC, exactly one `/` after the prefix (A2I developer guide, output data).
 */
export function outputKey(parts: {
  readonly prefix: string;
  readonly flowDefinitionName: string;
  readonly humanLoopName: string;
  readonly creationTime: Date;
}): string {
  const moment = parts.creationTime.toISOString().slice(0, 19).replace(/[-T:]/g, '/');
  const prefix = parts.prefix.replace(/\/+$/, '');
  return `${prefix === '' ? '' : `${prefix}/`}${parts.flowDefinitionName}/${moment}/${parts.humanLoopName}/output.json`;
}

/**
 * Bucket and key of `s3://BUCKET/KEY`, `https://BUCKET.s3….amazonaws.com/KEY` or `https://s3….amazonaws.com/BUCKET/KEY`;
 * the key may be empty. Undefined when the text is none of these.
 */
export function parseS3Uri(text: string): { readonly bucket: string; readonly key: string } | undefined {
  const match = /^(s3|https):\/\/([^/]+)(?:\/([\s\S]*))?$/.exec(text);
  if (match === null) return undefined;
  const [, scheme, host = '', rest = ''] = match;
  if (scheme === 's3') return { bucket: host, key: rest };
  const amazon =
    /^(?:(.+)\.)?s3[a-z0-9.-]*\.amazonaws\.com(?:\.cn)?$/.exec(host) ?? /^(?:(.+)\.)?s3\.amazonaws\.com$/.exec(host);
  if (amazon === null) return undefined;
  if (amazon[1] !== undefined) return { bucket: amazon[1], key: rest };
  const slash = rest.indexOf('/');
  const bucket = slash < 0 ? rest : rest.slice(0, slash);
  return bucket === '' ? undefined : { bucket, key: slash < 0 ? '' : rest.slice(slash + 1) };
}
