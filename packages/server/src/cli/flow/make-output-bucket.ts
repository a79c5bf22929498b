import { parseS3Uri } from '@holdpoint/protocol';
import type { Calling } from '../api-command.ts';
import { objectsOf } from '../loop/read-output.ts';
import { printable } from '../table.ts';

/**
 * Makes the bucket of a flow's outputs, so that programs can list it before the first answer. The server makes it with the
 * first output in any case: where it cannot be made now, that is told, and nothing is lost.
 *
 * @returns its name; undefined when it was there already or could not be made.
 */
export async function makeOutputBucket(calling: Calling<unknown>, outputPath: string): Promise<string | undefined> {
  const { terminal, signal } = calling;
  const bucket = parseS3Uri(outputPath)?.bucket ?? '';
  try {
    const objects = objectsOf(calling);
    if (await objects.hasBucket(bucket)) return undefined;
    await objects.createBucket(bucket);
    return bucket;
  } catch (error) {
    signal.throwIfAborted();
    const reason = printable((error as Error).message).replace(/\.$/, '');
    terminal.errors.write(
      `The bucket ${bucket} could not be made yet (${reason}); the server makes it with the first output.\n`,
    );
    return undefined;
  }
}
