// Reads who signed and how, from the Authorization header or the query of a presigned URL. The sentences of refusal are
// those of AWS's JSON services.
import { ApiError } from '../errors.ts';
import { algorithm, formatScope, type Scope } from './string-to-sign.ts';
import { percentDecodeBytes } from './uri.ts';

export interface ParsedSignature extends Scope {
  readonly accessKeyId: string;
  /** What stands last in the scope; only `aws4_request` is good. */
  readonly terminator: string;
  readonly signedHeaders: string[];
  /** As sent: not checked to be hexadecimal. */
  readonly signature: string;
}

export interface ParsedPresignedQuery extends ParsedSignature {
  /** `YYYYMMDDTHHMMSSZ`, as sent. */
  readonly amzDate: string;
  /** Seconds, as sent; NaN when it is no whole number; undefined when the URL has none. */
  readonly expires: number | undefined;
  readonly securityToken: string | undefined;
}

/**
 * Takes an Authorization header apart.
 * @throws ApiError MissingAuthenticationTokenException when it is absent or of another scheme,
 *   IncompleteSignatureException when a part is missing or malformed.
 */
export function parseAuthorization(header: string | undefined): ParsedSignature {
  const match = /^\s*(AWS4-[^\s,=]*)(?:\s+([\s\S]*))?$/.exec(header ?? '');
  if (header === undefined || match === null) {
    throw new ApiError('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
  }
  if (match[1] !== algorithm) throw unsupportedAlgorithm(match[1] ?? '');
  const parts = new Map<string, string>();
  for (const part of (match[2] ?? '').split(',')) {
    const cut = part.indexOf('=');
    if (cut > 0) parts.set(part.slice(0, cut).trim(), part.slice(cut + 1).trim());
  }
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !parts.get(name));
  if (missing.length > 0) {
    const sentences = missing.map((name) => `Authorization header requires '${name}' parameter.`).join(' ');
    throw new ApiError('IncompleteSignatureException', `${sentences} Authorization=${shorten(header)}`);
  }
  return assemble(parts.get('Credential') ?? '', parts.get('SignedHeaders') ?? '', parts.get('Signature') ?? '');
}

const presignedNames = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
  'X-Amz-Date',
] as const;

/**
 * Takes the query of a presigned URL apart; undefined when the query carries no Signature Version 4.
 * @throws ApiError IncompleteSignatureException when a part is missing, malformed or given twice.
 */
export function parsePresignedQuery(rawQuery: string): ParsedPresignedQuery | undefined {
  if (!/X-Amz-(?:Algorithm|Signature|Credential)/.test(rawQuery)) return undefined;
  const parts = new Map<string, string>();
  for (const part of rawQuery.split('&')) {
    const cut = part.indexOf('=');
    const name = decode(cut < 0 ? part : part.slice(0, cut));
    if (!name.startsWith('X-Amz-')) continue;
    if (parts.has(name)) {
      throw new ApiError(
        'IncompleteSignatureException',
        `AWS query-string parameter '${shorten(name)}' is given twice.`,
      );
    }
    parts.set(name, cut < 0 ? '' : decode(part.slice(cut + 1)));
  }
  if (!parts.has('X-Amz-Algorithm') && !parts.has('X-Amz-Signature') && !parts.has('X-Amz-Credential'))
    return undefined;
  const missing = presignedNames.filter((name) => !parts.get(name));
  if (missing.length > 0) {
    const sentences = missing.map((name) => `AWS query-string parameters must include '${name}'.`).join(' ');
    throw new ApiError('IncompleteSignatureException', `${sentences} Re-examine the query-string parameters.`);
  }
  const [sentAlgorithm = '', credential = '', signature = '', signedHeaders = '', amzDate = ''] = presignedNames.map(
    (name) => parts.get(name) ?? '',
  );
  if (sentAlgorithm !== algorithm) throw unsupportedAlgorithm(sentAlgorithm);
  const expires = parts.get('X-Amz-Expires');
  return {
    ...assemble(credential, signedHeaders, signature),
    amzDate,
    expires: expires === undefined ? undefined : /^\d{1,9}$/.test(expires) ? Number(expires) : Number.NaN,
    securityToken: parts.get('X-Amz-Security-Token'),
  };
}

function assemble(credential: string, signedHeaders: string, signature: string): ParsedSignature {
  const elements = credential.split('/');
  const [accessKeyId, date, region, service, terminator] = elements;
  if (
    elements.length !== 5 ||
    !accessKeyId ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    terminator === undefined
  ) {
    throw new ApiError(
      'IncompleteSignatureException',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${shorten(credential)}'`,
    );
  }
  return { accessKeyId, date, region, service, terminator, signedHeaders: signedHeaders.split(';'), signature };
}

/**
 * What is wrong with the scope of a signature, in AWS's sentences; empty when nothing is. `region` undefined accepts any.
 * `amzDate` is the request's date, whose day the scope must name.
 */
export function scopeProblems(
  parsed: ParsedSignature,
  expected: { readonly region: string | undefined; readonly service: string; readonly amzDate: string },
): string[] {
  const problems: string[] = [];
  if (expected.region !== undefined && parsed.region !== expected.region) {
    problems.push(`Credential should be scoped to a valid region, not '${shorten(parsed.region)}'.`);
  }
  if (parsed.service !== expected.service) {
    problems.push(`Credential should be scoped to correct service: '${expected.service}'.`);
  }
  if (parsed.terminator !== 'aws4_request') {
    problems.push(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${shorten(parsed.terminator)}'.`,
    );
  }
  const day = expected.amzDate.slice(0, 8);
  if (parsed.date !== day) {
    problems.push(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${shorten(parsed.date)}' != '${day}', from '${shorten(expected.amzDate)}'.`,
    );
  }
  return problems;
}

/** The scope of a parsed signature, as it stands in the string to sign. */
export function scopeOf(parsed: Scope): string {
  return formatScope(parsed);
}

function decode(text: string): string {
  return percentDecodeBytes(text.replaceAll('+', ' '));
}

function unsupportedAlgorithm(sent: string): ApiError {
  return new ApiError('IncompleteSignatureException', `Unsupported AWS 'algorithm': '${shorten(sent)}'.`);
}

function shorten(text: string): string {
  return text.length <= 256 ? text : `${text.slice(0, 256)}…`;
}
