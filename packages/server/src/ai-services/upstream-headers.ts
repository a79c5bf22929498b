/** Which headers go on to an AI service, and which of its answer come back. */

const onwards = new Set([
  'accept',
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'content-type',
  'user-agent',
  'x-amz-target',
  'x-amz-user-agent',
  'x-amzn-trace-id',
]);

/** Of a caller's headers those that are for the service. Signature, host and length are made anew. */
export const headersOnwards = (headers: Iterable<readonly [string, string]>): [string, string][] =>
  [...headers]
    .map(([name, value]) => [name.toLowerCase(), value] as [string, string])
    .filter(([name]) => onwards.has(name));

/** Cookies and policies of another host are none of this one's. */
const isForClients = (name: string): boolean =>
  /^(content-(type|length|encoding)|retry-after|x-amzn?-[\w-]+)$/.test(name) && !name.startsWith('x-amzn-remapped');

export const headersBack = (headers: Readonly<Record<string, string | readonly string[] | undefined>>) =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value !== undefined && isForClients(name)
        ? [[name, Array.isArray(value) ? value.join(', ') : String(value)]]
        : [],
    ),
  ) as Record<string, string>;
