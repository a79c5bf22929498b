import type { Readable } from 'node:stream';

/** What a command reads and writes. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: { write(text: string): unknown };
  readonly errors: { write(text: string): unknown };
  readonly environment: NodeJS.ProcessEnv;
}

export const processTerminal: Terminal = {
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  environment: process.env,
};
