/** The output of a human loop, read from where the loop's description says that it is. */
import { type Output, parseS3Uri, uriEncode } from '@holdpoint/protocol';
import { type Caller, type CallOptions, foreignError } from './caller.ts';
import { awsEndpoint } from './endpoint.ts';
import { SdkError } from './errors.ts';

/**
 * Reads `output.json`: over the object endpoint that is configured (a Holdpoint server serves its buckets on the same listener),
 * otherwise from AWS's S3 in the client's region.
 *
 * @throws ServiceError with S3's code, for example NoSuchKey or AccessDenied; SdkError for what is no output.
 */
export async function readOutput(caller: Caller, uri: string, { signal }: CallOptions): Promise<Output> {
  const place = parseS3Uri(uri);
  if (place === undefined) throw unreadable(uri);
  const { bucket, key } = place;
  const { objectEndpoint, region } = caller.settings;
  const aws = new URL(awsEndpoint('s3', region, { fips: false, dualstack: false }));
  // In host names a dot in the bucket's name would not fit the certificate.
  const inHost = objectEndpoint === undefined && !bucket.includes('.');
  const endpoint = objectEndpoint ?? (inHost ? new URL(`${aws.protocol}//${bucket}.${aws.host}`) : aws);
  const path = `/${inHost ? '' : `${uriEncode(bucket)}/`}${uriEncode(key, true)}`;
  const request = { method: 'GET', path, rawQuery: '', headers: {}, body: '' };
  return caller.repeat({ signal }, async () => {
    const response = await caller.send(request, { region, service: 's3' }, { endpoint, signal });
    if (response.status !== 200) throw foreignError('GetObject', response);
    try {
      return JSON.parse(response.body) as Output;
    } catch (cause) {
      throw unreadable(uri, { cause });
    }
  });
}

const unreadable = (uri: string, options?: ErrorOptions): SdkError =>
  new SdkError('SerializationException', `There is no output of a human loop at "${uri}".`, options);
