/** Commands in this process, at a terminal or in a script. */
import { Readable } from 'node:stream';
import { run } from '../cli/program.ts';

export interface CommandSettings {
  /** What comes on standard input. */
  readonly input?: string;
  /** A person sits there: what is asked can be answered. */
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Runs one command to its end. */
export async function runCommand(args: readonly string[], settings: CommandSettings = {}): Promise<CommandResult> {
  const { input = '', isTTY = false, columns = 80, environment = {} } = settings;
  const written = { stdout: '', stderr: '' };
  const screen = isTTY ? { isTTY, columns } : {};
  const code = await run(args, {
    input: Object.assign(Readable.from([input]), { isTTY }),
    output: { write: (part) => (written.stdout += part), ...screen },
    errors: { write: (part) => (written.stderr += part), ...screen },
    environment,
  });
  return { ...written, code };
}
