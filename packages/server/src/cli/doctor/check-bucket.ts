/** An object's way to a bucket and back through the S3 endpoint, as programs take it. */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { presignUrl, probeFolder } from '@holdpoint/protocol';
import type { Connection } from '../connect.ts';
import { ask, type Reply } from './ask.ts';
import { asSentence, type Check, failed, ok, warning } from './check.ts';
import type { Route } from './route.ts';

const name = 'Objects';
const usualBucket = 'holdpoint';

const hashing = {
  sha256Hex: (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex'),
  hmac: (key: string | Uint8Array, data: string) => createHmac('sha256', key).update(data).digest(),
};

export async function checkBucket({ client }: Connection, { url, ca }: Route): Promise<Check> {
  const credentials = await client.credentials();
  const send = async (method: string, path: string, body?: string): Promise<Reply> => {
    const signed = presignUrl(hashing, {
      method,
      url: `${url.origin}${path}`,
      credentials,
      region: client.meta.regionName,
      service: 's3',
      now: new Date(),
      expiresIn: 60,
      s3: true,
    });
    const reply = await ask(signed, { method, ca, ...(body !== undefined && { body }) });
    if (reply.status >= 300) throw new Error(/<Message>([^<]*)/.exec(reply.body)?.[1] ?? `status ${reply.status}`);
    return reply;
  };
  try {
    const buckets = [...(await send('GET', '/')).body.matchAll(/<Bucket><Name>([^<]+)/g)].map(([, found]) => found);
    const bucket = buckets.includes(usualBucket) ? usualBucket : buckets[0];
    if (bucket === undefined) return warning(name, 'There is no bucket.', 'Make the one that outputs go to.');
    const text = randomUUID();
    const path = `/${bucket}/${probeFolder}${text}`;
    await send('PUT', path, text);
    const read = await send('GET', path).finally(() => send('DELETE', path));
    if (read.body !== text)
      return failed(name, `What was written to the bucket ${bucket} came back as something else.`);
    return ok(name, `An object could be written to the bucket ${bucket}, read and deleted through S3.`);
  } catch (error) {
    return failed(name, asSentence(`Objects cannot be written and read: ${(error as Error).message}`));
  }
}
