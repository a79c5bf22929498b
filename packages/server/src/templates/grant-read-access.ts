// The Liquid filter that turns the S3 URI of an object into a URL that a worker's browser can read for a while.

import { createHmac, hash } from 'node:crypto';
import { type Hashing, preparePresignedUrl, requestSignature, signingKey, uriEncode } from '@holdpoint/protocol';
import { toText } from './markup.ts';
import type { PresignSettings } from './render-request.ts';
import { isPresigned, parseS3Location } from './s3-location.ts';
import { taskLinkMark } from './task-link.ts';
import { TemplateError } from './template-error.ts';

const shortestSeconds = 900;
const longestSeconds = 604_800;
/** Enough to recognise a URI by; it may come from the input content, which errors must not repeat at length. */
const shownUriLength = 256;

const hashing: Hashing = {
  sha256Hex: (data) => hash('sha256', data, 'hex'),
  hmac: (key, data) => createHmac('sha256', key).update(data).digest(),
};

/**
 * Makes the filter of one render (A2I developer guide, "Create custom worker task templates").
 *
 * @returns a function from the filter's input to a presigned URL; a URL that is already presigned comes back unchanged
 * @throws TemplateError InvalidParameters, in AWS's words, for what is not an S3 URI
 */
export function createGrantReadAccess(settings: PresignSettings): (input: unknown) => string {
  const granted = new Map<string, string>();
  return (input) => {
    const uri = toText(input);
    const known = granted.get(uri);
    if (known !== undefined) return known;
    const url = isPresigned(uri) ? uri : sign(uri, typeof input === 'object' && input !== null, settings);
    granted.set(uri, url);
    return url;
  };
}

function sign(uri: string, isObject: boolean, settings: PresignSettings): string {
  const object = isObject ? undefined : parseS3Location(uri, settings.endpoint);
  if (!object) {
    const shown = isObject ? '[object]' : [...uri.slice(0, 2 * shownUriLength)].slice(0, shownUriLength).join('');
    throw new TemplateError('InvalidParameters', `"grant_read_access" input is not a valid S3 URI: "${shown}".`);
  }
  const { endpoint, region, accessKeyId, secretAccessKey, sessionToken, expiresInSeconds, now } = settings;
  const path = `${uriEncode(object.bucket)}/${uriEncode(object.key, true)}`;
  const unsigned = preparePresignedUrl({
    method: 'GET',
    url: `${endpoint.replace(/\/+$/, '')}/${path}${settings.forWorker ? `?${taskLinkMark}` : ''}`,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    region,
    service: 's3',
    now: new Date(now),
    expiresIn: Math.min(longestSeconds, Math.max(shortestSeconds, Math.ceil(expiresInSeconds) || 0)),
    s3: true,
  });
  const key = keyOf(secretAccessKey, unsigned.scope.date, region);
  return unsigned.finish(requestSignature(hashing, { ...unsigned, key }));
}

let lastKey: { of: string; key: Uint8Array } = { of: '', key: new Uint8Array() };

/** Making the key is four fifths of a signature's cost, and it is the same all day. */
function keyOf(secretAccessKey: string, date: string, region: string): Uint8Array {
  const of = `${date}/${region}/${secretAccessKey}`;
  if (lastKey.of !== of) lastKey = { of, key: signingKey(hashing, secretAccessKey, date, region, 's3') };
  return lastKey.key;
}
