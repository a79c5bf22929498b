/** Signature Version 2 in the query (`AWSAccessKeyId`, `Signature`, `Expires`), which SDKs still make for presigned S3 URLs. */
import { createHmac } from 'node:crypto';
import { stringToSignV2 } from '@holdpoint/protocol';
import type { AccessKey } from '../domain/rows.ts';
import { type AuthenticationSettings, callerOf, type PendingAuthentication } from './authentication.ts';
import { equalInConstantTime } from './hashing.ts';
import type { ReceivedRequest } from './received-request.ts';
import type { Refuse } from './refusals.ts';

const methods = new Set(['GET', 'HEAD', 'PUT']);

/** Refuses or begins, as `begin` of authenticate.ts; only reads and plain writes are accepted in this form. */
export async function beginV2(facts: {
  readonly exchange: ReceivedRequest;
  readonly settings: AuthenticationSettings;
  readonly findKey: (accessKeyId: string) => Promise<AccessKey | undefined>;
  readonly refuse: Refuse;
}): Promise<PendingAuthentication> {
  const { exchange, settings, findKey, refuse } = facts;
  const query = new URLSearchParams(exchange.rawQuery);
  if (['AWSAccessKeyId', 'Signature', 'Expires'].some((name) => query.getAll(name).length !== 1)) {
    throw refuse('incomplete', 'The query needs AWSAccessKeyId, Signature and Expires, each once.');
  }
  if (!methods.has(exchange.method)) {
    throw refuse('incomplete', 'Signature Version 2 is accepted for GET, HEAD and PUT only; use Signature Version 4.');
  }
  const expires = query.get('Expires') ?? '';
  if (!/^\d{1,11}$/.test(expires)) throw refuse('bad-date', 'Expires must be whole seconds since 1970.');
  if (exchange.receivedAt > Number(expires) * 1000) throw refuse('url-expired');
  const key = await findKey(query.get('AWSAccessKeyId') ?? '');
  if (!key || (key.kind === 'internal' && exchange.method === 'PUT')) throw refuse('unknown-key');
  if (query.has('x-amz-security-token') || exchange.header('x-amz-security-token') !== undefined) {
    throw refuse('unknown-token');
  }
  const payload = { kind: 'unsigned', canonical: 'UNSIGNED-PAYLOAD' } as const;
  return {
    service: 's3',
    payload,
    finish() {
      const text = stringToSignV2({
        method: exchange.method,
        path: exchange.rawPath,
        query: exchange.rawQuery,
        headers: exchange.headers,
        expires,
      });
      // Header values hold one byte per character, and the signature is over those bytes.
      const expected = createHmac('sha1', key.secretAccessKey).update(text, 'latin1').digest('base64');
      if (!equalInConstantTime(expected, (query.get('Signature') ?? '').replaceAll(' ', '+')))
        throw refuse('wrong-signature');
      return {
        caller: callerOf(key, settings.accountId),
        service: 's3',
        region: settings.region,
        form: 'query-v2',
        payload,
        verifyPayload: () => {},
        chunks: undefined,
      };
    },
  };
}
