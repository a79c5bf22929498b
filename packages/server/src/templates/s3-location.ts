// Which object an S3 URI of a template means.

export interface S3Location {
  bucket: string;
  key: string;
}

const bucketName = /^[a-z0-9][a-z0-9._-]{1,253}[a-z0-9]$/i;
/** s3.amazonaws.com, s3.eu-west-1.amazonaws.com, s3-eu-west-1…, s3.dualstack.…, and the same after `bucket.`. */
const awsHost = /^(?:(?<bucket>.+)\.)?s3(?:[.-](?:dualstack\.|fips\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/i;
/** Browsers resolve these away, so a URL with one would name another object. */
const dotSegment = /(?:^|\/)\.{1,2}(?:\/|$)/;

/**
 * Reads `s3://bucket/key`, `http(s)://s3.amazonaws.com/bucket/key`, its regional and virtual-host forms, and URLs of our
 * own endpoint. Keys may hold spaces and any Unicode.
 *
 * @param endpoint base URL of our own S3 endpoint
 * @returns undefined when the text is none of these
 */
export function parseS3Location(text: string, endpoint: string): S3Location | undefined {
  const uri = text.trim();
  const [, scheme, host, path] = /^(s3|https?):\/\/([^/]+)\/(.*)$/is.exec(uri) ?? [];
  if (scheme === undefined || host === undefined || path === undefined) return undefined;
  if (scheme.toLowerCase() === 's3') return location(host, path);
  const base = endpoint.replace(/\/+$/, '');
  if (uri.startsWith(`${base}/`)) return splitPath(uri.slice(base.length + 1));
  const aws = awsHost.exec(host);
  if (!aws) return undefined;
  const bucket = aws.groups?.bucket;
  return bucket === undefined ? splitPath(path) : location(bucket, decode(path));
}

/** Whether a URL carries its own signature (Signature V4 or V2 query), so that it needs none of ours. */
export function isPresigned(text: string): boolean {
  return /^\s*https?:\/\/[^?#]*\?(?:[^#]*&)?(?:X-Amz-Signature|Signature)=/i.test(text);
}

function splitPath(path: string): S3Location | undefined {
  const slash = path.indexOf('/');
  return slash < 0 ? undefined : location(path.slice(0, slash), decode(path.slice(slash + 1)));
}

function location(bucket: string, key: string): S3Location | undefined {
  return bucketName.test(bucket) && key !== '' && !dotSegment.test(key) ? { bucket, key } : undefined;
}

/** Templates build these URLs from bare key names, people copy encoded ones: what is not valid encoding is a bare name. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
