#!/usr/bin/env node
// Plain JavaScript that old versions of Node can read, so that they get a sentence and not a syntax error.
const needed = [22, 16];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `holdpoint: Node ${needed.join('.')} or newer is needed, and this is Node ${process.versions.node}.\n`,
  );
  process.exitCode = 1;
} else {
  // Node 22 calls its SQLite module experimental at every start; whoever runs this can do nothing about it.
  const emitWarning = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) emitWarning.call(process, warning, ...rest);
  };
  await import('../dist/cli/main.js');
}
