import { createClient } from '@holdpoint/client';
import type { Connection } from '../connect.ts';
import { ask } from './ask.ts';
import { type Check, failed } from './check.ts';

/** Why the server at an address says that it cannot serve now; undefined when it says nothing of the kind. */
export async function checkReadiness(url: string | URL, ca?: string): Promise<Check | undefined> {
  const reply = await ask(new URL('/readyz', url), { ca }).catch(() => undefined);
  const problem = reply?.status === 503 && /^not ready: (.+)$/.exec(reply.body)?.[1];
  if (!problem) return undefined;
  return failed(
    'Server',
    `The server at ${new URL(url).origin} cannot serve now: ${problem}`,
    'It goes on by itself when that is over; until then nothing else can be asked of it.',
  );
}

/** Calls once: a server that cannot answer is to be told of, not waited for as programs do. */
export async function callOnce({ clientOptions }: Connection) {
  const client = createClient({ ...clientOptions, service: 'holdpoint', maxAttempts: 1 });
  try {
    return await client.call('CheckInstallation', {});
  } finally {
    client.close();
  }
}
