/** The command line as a process: runs what its arguments say. A server goes on after its command has started it. */
import { exitCodeOf, sentenceOf } from './failure.ts';
import { run } from './program.ts';
import { trustBundle } from './trust-bundle.ts';

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads may go (`| head -1`), and that ends nothing that is under way.
    if (error.code === 'EPIPE') return;
    process.exitCode = 2;
    if (stream === process.stdout) process.stderr.write(`holdpoint: The output cannot be written: ${error.message}\n`);
  });

try {
  trustBundle(process.env);
  const code = await run(process.argv.slice(2));
  if (code !== 0) process.exitCode = code;
} catch (error) {
  process.stderr.write(`holdpoint: ${sentenceOf(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
