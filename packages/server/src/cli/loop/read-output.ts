/** Outputs of human loops, read from where they were written. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Output } from '@holdpoint/protocol';
import type { Calling } from '../api-command.ts';
import { type Objects, openObjects } from '../objects.ts';

/** An object that is missing, may not be read, or is no output; its sentence names it. Others may be well. */
export class UnreadableOutput extends Error {}

/** Objects of the server that a command talks to. */
export const objectsOf = ({ client, signal }: Pick<Calling<unknown>, 'client' | 'signal'>): Objects =>
  openObjects({
    endpointUrl: client.meta.endpointUrl,
    region: client.meta.regionName,
    credentials: client.credentials,
    signal,
  });

/** Milliseconds before a read is tried again that got no answer, or one that says that the server is not well. */
const pauses = [250, 1000, 4000];

export interface ReadOutput {
  readonly output: Output;
  /** As it was written. */
  readonly text: string;
}

/**
 * Reads an output.
 *
 * @throws UnreadableOutput; Error when the server does not answer; what the signal was aborted with.
 */
export async function readOutput(objects: Objects, uri: string, signal: AbortSignal): Promise<ReadOutput> {
  const text = (await readBytes(objects, uri, signal)).toString('utf8');
  const output = parse(text);
  if (output === undefined) throw new UnreadableOutput(`${uri} is not the output of a human loop.`);
  return { output, text };
}

async function readBytes(objects: Objects, uri: string, signal: AbortSignal): Promise<Buffer> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await objects.read(uri);
    } catch (error) {
      signal.throwIfAborted();
      const { statusCode, message, cause } = error as Error & { readonly statusCode?: number };
      if (statusCode !== undefined && statusCode < 500 && statusCode !== 429)
        throw new UnreadableOutput(`${message.replace(/\.$/, '')}.`, { cause: error });
      const wait = pauses[attempt];
      if (wait === undefined) {
        const reason = cause instanceof Error ? cause.message || (cause as { code?: string }).code : message;
        throw new Error(`Reading ${uri} failed again and again: ${reason}.`, { cause: error });
      }
      await pause(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

function parse(text: string): Output | undefined {
  try {
    const output = JSON.parse(text) as Output;
    const isOutput = Array.isArray(output.humanAnswers) && typeof output.humanLoopName === 'string';
    return isOutput ? output : undefined;
  } catch {
    return undefined;
  }
}
