/** The command line as a process: runs what its arguments say. A server goes on after its command has started it. */
import { run } from './program.ts';

process.exitCode = await run(process.argv.slice(2));
