/**
 * Verifies the signature of a request: Signature Version 4 in the Authorization header or in the query, and for `s3` the
 * old query form. `begin` checks all that can be checked before the body is read; `finish` compares the signature, once
 * the body's hash is known where the signature covers it. Nothing of a request may be acted upon before `finish`.
 *
 * Order of refusals: both forms or none, missing parts, date, expiry, headers that must be signed, scope, access key,
 * token, declared body hash; then the signature (AWS general reference, "Signature Version 4"; names in refusals.ts).
 */
import {
  canonicalRequest,
  emptyHash,
  type ParsedSignature,
  parseAuthorization,
  parsePresignedQuery,
  requestSignature,
  scopeProblems,
} from '@holdpoint/protocol';
import type { AccessKey } from '../domain/rows.ts';
import {
  type Authentication,
  type AuthenticationSettings,
  type Authenticator,
  callerOf,
  type SignedService,
} from './authentication.ts';
import { chunkSignatures } from './chunk-signatures.ts';
import { equalInConstantTime, hashing } from './hashing.ts';
import { type DeclaredPayload, declaredPayload } from './payload.ts';
import { hasSignatureV2 } from './peek-service.ts';
import { beginV2 } from './query-v2.ts';
import type { ReceivedRequest } from './received-request.ts';
import { type Dialect, inDialect, type Refuse, refusal } from './refusals.ts';
import { checkSignedHeaders } from './signed-headers.ts';
import { amzDateOf, checkHeaderTime, checkUrlTime } from './signing-time.ts';

const dialects: { readonly [S in SignedService]: Dialect } = {
  sagemaker: 'json',
  s3: 's3',
  sts: 'query',
  textract: 'json',
  rekognition: 'json',
};

export function createAuthenticator(settings: AuthenticationSettings): Authenticator {
  const skewMs = settings.skewMs ?? 15 * 60_000;

  return {
    async begin(received, service) {
      const exchange = withHeadersOnce(received);
      const dialect = dialects[service];
      const refuse: Refuse = (kind, message) => refusal(dialect, kind, message);
      checkOneForm(exchange, refuse);
      if (service === 's3' && hasSignatureV2(exchange.rawQuery))
        return beginV2({ exchange, settings, findKey, refuse });
      const parsed = parse(exchange, dialect, refuse);
      const { signature } = parsed;
      if (parsed.form === 'query') checkUrlTime(parsed, exchange.receivedAt, skewMs, refuse);
      else checkHeaderTime(parsed.amzDate, exchange.receivedAt, skewMs, refuse);
      checkSignedHeaders(exchange, signature, parsed.form, refuse);
      checkScope(signature, service, parsed.amzDate, refuse);
      const key = settings.accessKeys.cached(signature.accessKeyId) ?? (await findKey(signature.accessKeyId));
      if (!key || !mayUse(key, service, parsed.form, exchange.method)) {
        spendAsMuch(exchange, signature, parsed.amzDate);
        throw refuse('unknown-key');
      }
      // Keys of this installation are long-term keys: whoever sends a session token signs with somebody else's key.
      if (parsed.securityToken !== undefined) throw refuse('unknown-token');
      const payload = declaredPayload(exchange, service, parsed.form, refuse);
      return { service, payload, finish: (body) => finish({ exchange, service, key, parsed, payload, refuse, body }) };
    },
  };

  function findKey(accessKeyId: string): Promise<AccessKey | undefined> {
    return /^[\x21-\x7e]{1,128}$/.test(accessKeyId)
      ? settings.accessKeys.find(accessKeyId)
      : Promise.resolve(undefined);
  }

  function checkScope(signature: ParsedSignature, service: SignedService, amzDate: string, refuse: Refuse): void {
    const region = service === 'sagemaker' ? settings.region : undefined;
    const problems = scopeProblems(signature, { region, service, amzDate });
    if (region !== undefined && signature.region !== region) {
      problems.push(
        `This installation is in region '${region}' (its setting --region at the first start): set the client's region to it.`,
      );
    }
    if (problems.length > 0) throw refuse('wrong-scope', problems.join(' '));
  }

  function finish(facts: Facts): Authentication {
    const { exchange, service, key, parsed, payload, refuse, body } = facts;
    const { signature } = parsed;
    const payloadHash = payload.canonical ?? body;
    if (payloadHash === undefined) throw new Error('This signature covers the body: its hash must be given.');
    const signingKey = settings.accessKeys.signingKey(key, signature);
    const canonical = canonicalRequest(exchange, {
      signedHeaders: signature.signedHeaders,
      payloadHash,
      s3: service === 's3',
      unsignedQuery: parsed.form === 'query' ? ['X-Amz-Signature'] : [],
    });
    const expected = requestSignature(hashing, {
      canonicalRequest: canonical,
      amzDate: parsed.amzDate,
      scope: signature,
      key: signingKey.bytes,
    });
    if (!equalInConstantTime(expected, signature.signature)) throw refuse('wrong-signature');
    signingKey.remember();
    const verifyPayload = (sha256Hex: string): void => {
      if (payload.kind === 'hash' && !equalInConstantTime(sha256Hex, payloadHash)) throw refuse('wrong-payload-hash');
    };
    if (body !== undefined) verifyPayload(body);
    const signed = payload.kind === 'streaming' && payload.signed;
    return {
      caller: callerOf(key, settings.accountId),
      service,
      region: signature.region,
      form: parsed.form,
      payload,
      verifyPayload,
      chunks: signed
        ? chunkSignatures(signingKey.bytes, parsed.amzDate, signature, expected, () => refuse('wrong-signature'))
        : undefined,
    };
  }
}

interface Parsed {
  readonly form: 'header' | 'query';
  readonly signature: ParsedSignature;
  readonly amzDate: string;
  readonly expires: number | undefined;
  readonly securityToken: string | undefined;
}

interface Facts {
  readonly exchange: ReceivedRequest;
  readonly service: SignedService;
  readonly key: AccessKey;
  readonly parsed: Parsed;
  readonly payload: DeclaredPayload;
  readonly refuse: Refuse;
  readonly body: string | undefined;
}

/** An exchange makes its list of headers anew at each look; a verification looks several times. */
function withHeadersOnce(received: ReceivedRequest): ReceivedRequest {
  const { method, rawPath, rawQuery, receivedAt, headers } = received;
  return { method, rawPath, rawQuery, receivedAt, headers, header: (name) => received.header(name) };
}

function checkOneForm(exchange: ReceivedRequest, refuse: Refuse): void {
  const authorizations = exchange.headers.filter(([name]) => name.toLowerCase() === 'authorization');
  const inQuery = /(?:^|&)X-Amz-Algorithm=/.test(exchange.rawQuery) || hasSignatureV2(exchange.rawQuery);
  if (authorizations.length > 0 && inQuery) {
    throw refuse(
      'two-forms',
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    );
  }
  if (authorizations.length > 1) throw refuse('two-forms', "Found more than one 'Authorization' HTTP header.");
}

function parse(exchange: ReceivedRequest, dialect: Dialect, refuse: Refuse): Parsed {
  const authorization = exchange.header('authorization');
  if (authorization === undefined) {
    const query = inDialect(dialect, () => parsePresignedQuery(exchange.rawQuery));
    if (query === undefined) throw refuse('missing');
    // S3 takes a token from either place; neither is ever a token of ours.
    const securityToken = query.securityToken ?? exchange.header('x-amz-security-token');
    return { form: 'query', signature: query, amzDate: query.amzDate, expires: query.expires, securityToken };
  }
  return {
    form: 'header',
    signature: inDialect(dialect, () => parseAuthorization(authorization)),
    amzDate: amzDateOf(exchange, refuse),
    expires: undefined,
    securityToken: exchange.header('x-amz-security-token'),
  };
}

/** Internal keys sign links to objects: they read what the link names and nothing else. */
function mayUse(key: AccessKey, service: SignedService, form: Parsed['form'], method: string): boolean {
  if (key.kind !== 'internal') return true;
  return service === 's3' && form === 'query' && (method === 'GET' || method === 'HEAD');
}

/** The work of a verification, for a key that is not there, so that time does not tell which ids exist. */
function spendAsMuch(exchange: ReceivedRequest, signature: ParsedSignature, amzDate: string): void {
  const canonical = canonicalRequest(exchange, { signedHeaders: signature.signedHeaders, payloadHash: emptyHash });
  const key = hashing.hmac('AWS4', amzDate);
  equalInConstantTime(
    requestSignature(hashing, { canonicalRequest: canonical, amzDate, scope: signature, key }),
    signature.signature,
  );
}
