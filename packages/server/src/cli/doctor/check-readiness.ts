import { createClient } from '@holdpoint/client';
import type { Connection } from '../connect.ts';
import { ask } from './ask.ts';
import { type Check, failed } from './check.ts';

/** Why the server at an address says that it cannot serve now; undefined when it says nothing of the kind. */
export async function checkReadiness(url: string | URL, ca?: string): Promise<Check | undefined> {
  const reply = await ask(new URL('/readyz', url), { ca }).catch(() => undefined);
  const found = reply?.status === 503 ? /^(?:not ready(?:: (.+))?|starting)$/.exec(reply.body) : null;
  if (!found) return undefined;
  const problem = found[1] ?? 'it starts or stops.';
  return failed(
    'Server',
    `The server at ${new URL(url).origin} cannot serve now: ${problem}`,
    'It goes on by itself when that is over; until then nothing else can be asked of it.',
  );
}

/** Does not try again as often as programs do: a server that cannot answer is to be told of. */
export async function callSoon({ clientOptions }: Connection) {
  const client = createClient({ ...clientOptions, service: 'holdpoint', maxAttempts: 2 });
  try {
    return await client.call('CheckInstallation', {});
  } finally {
    client.close();
  }
}
