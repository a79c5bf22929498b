import type { ReceivedRequest } from './received-request.ts';

/**
 * For which service a request says that it is signed (`s3`, `sts`, `sagemaker`, `textract`, …), so that it can be routed before
 * anything is verified; undefined when it carries no signature. Signature Version 2 exists for `s3` only.
 */
export function peekService(exchange: Pick<ReceivedRequest, 'rawQuery' | 'header'>): string | undefined {
  const authorization = exchange.header('authorization');
  if (authorization !== undefined) {
    const scope = /(?:^|[\s,])Credential\s*=\s*([^,\s]+)/.exec(authorization)?.[1];
    if (scope !== undefined) return serviceOf(scope);
    if (/^\s*AWS\s/.test(authorization)) return 's3';
  }
  if (exchange.rawQuery === '') return undefined;
  const scope = /(?:^|&)X-Amz-Credential=([^&]+)/.exec(exchange.rawQuery)?.[1];
  if (scope !== undefined) return serviceOf(scope.replace(/%2F/gi, '/'));
  if (hasSignatureV2(exchange.rawQuery)) return 's3';
  return undefined;
}

/** Whether the query has the form of a URL that was presigned with Signature Version 2. */
export function hasSignatureV2(rawQuery: string): boolean {
  return /(?:^|&)AWSAccessKeyId=/.test(rawQuery) && /(?:^|&)Signature=/.test(rawQuery);
}

/** The services whose own words a malformed credential is refused in. */
const served = ['s3', 'sts', 'sagemaker', 'textract', 'rekognition'];

/** The service of `keyid/date/region/service/terminator`; with more or fewer parts the one of ours that is among them. */
function serviceOf(credential: string): string | undefined {
  const parts = credential.split('/');
  const service = parts.length === 5 ? parts[3] : served.find((name) => parts.includes(name));
  return service && /^[A-Za-z0-9-]{1,64}$/.test(service) ? service.toLowerCase() : undefined;
}
