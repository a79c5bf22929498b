// Python programs of test/acceptance/programs, run as a person runs a notebook: cell by cell.
import { fileURLToPath } from 'node:url';
import { startLineProcess } from './line-process.ts';
import { pythonPath } from './tools.ts';

const programs = new URL('../acceptance/programs/', import.meta.url);

export interface Program {
  /** What the program shows next. */
  shown<Values>(): Promise<Values>;
  /** Lets a program that pauses go on, with what its `pause` returns. */
  goOn(value?: unknown): void;
  /** Waits for the end; rejects when the program failed. */
  end(): Promise<void>;
  /** Everything that it printed for people so far. */
  readonly printed: readonly string[];
}

/** @param folder where the program leaves its files. */
export function runProgram(name: string, environment: NodeJS.ProcessEnv, folder: string): Program {
  const python = startLineProcess(pythonPath, [fileURLToPath(new URL(name, programs))], environment, folder);
  const printed: string[] = [];
  return {
    printed,
    async shown<Values>() {
      for (;;) {
        const line = await python.next();
        if (line.startsWith('@@')) return JSON.parse(line.slice(2)) as Values;
        printed.push(line);
      }
    },
    goOn: (value = null) => python.send(JSON.stringify(value)),
    end: () => python.end(),
  };
}
