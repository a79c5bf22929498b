/** The setting `objectStore`, read: a folder of this machine, or a place in S3. */
import { join, resolve } from 'node:path';
import { type Config, ConfigError } from './config.ts';
import type { S3Place } from './object-store/s3/place.ts';

export type ObjectPlace =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 's3'; readonly place: S3Place };

const form = 'folder:DIR or s3://BUCKET/PREFIX?endpoint=URL&region=NAME&path-style=true';
const parameters = ['endpoint', 'region', 'path-style'];

/** @throws ConfigError with a sentence that names the setting */
export function objectPlaceOf({ data, objectStore }: Pick<Config, 'data' | 'objectStore'>): ObjectPlace {
  if (objectStore === '') return { kind: 'folder', path: join(resolve(data), 'objects') };
  if (objectStore.startsWith('folder:')) {
    const path = objectStore.slice('folder:'.length);
    if (path === '') throw new ConfigError('--object-store names no folder: give folder:DIR.');
    return { kind: 'folder', path: resolve(path) };
  }
  return { kind: 's3', place: s3PlaceOf(objectStore) };
}

function s3PlaceOf(text: string): S3Place {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Said before the text is shown: what stands there may be secret.
  if (url && (url.username !== '' || url.password !== ''))
    throw new ConfigError(
      '--object-store must not hold credentials: they come from the AWS settings, such as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    );
  if (url?.protocol !== 's3:' || url.port !== '' || url.hash !== '')
    throw new ConfigError(`--object-store must be ${form}, not '${text}'.`);
  const bucket = url.host;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/.test(bucket))
    throw new ConfigError(`--object-store needs the name of a bucket after s3://, not '${bucket}'.`);
  for (const name of url.searchParams.keys())
    if (!parameters.includes(name))
      throw new ConfigError(`--object-store does not know '${name}': it can have ${parameters.join(', ')}.`);
  const endpoint = url.searchParams.get('endpoint') ?? '';
  if (endpoint !== '' && !/^https?:\/\/[^/\s?#@]+\/?$/.test(endpoint))
    throw new ConfigError(
      `endpoint in --object-store must be http(s)://HOST[:PORT]${endpoint.includes('@') ? '' : `, not '${endpoint}'`}.`,
    );
  const region = url.searchParams.get('region') ?? '';
  if (region !== '' && !/^[A-Za-z0-9-]{1,63}$/.test(region))
    throw new ConfigError(`region in --object-store must be a region's name such as eu-central-1, not '${region}'.`);
  const pathStyle = url.searchParams.get('path-style') ?? '';
  if (!['', 'true', 'false'].includes(pathStyle))
    throw new ConfigError(`path-style in --object-store must be true or false, not '${pathStyle}'.`);
  return {
    bucket,
    prefix: prefixOf(url),
    ...(endpoint !== '' && { endpoint: endpoint.replace(/\/$/, '') }),
    ...(region !== '' && { region }),
    // Amazon wants the bucket in the host's name; most others are reached by an address that has none.
    pathStyle: pathStyle === '' ? endpoint !== '' : pathStyle === 'true',
  };
}

function prefixOf({ pathname }: URL): string {
  const path = decodeURI(pathname).replace(/^\//, '').replace(/\/$/, '');
  if (path === '') return '';
  if (!/^[A-Za-z0-9!_.*'()/-]{1,200}$/.test(path) || path.split('/').some((each) => /^\.*$/.test(each)))
    throw new ConfigError(
      `The prefix in --object-store may have letters, digits, slashes and !_.*'()-, up to 200 in all, not '${path}'.`,
    );
  return `${path}/`;
}
