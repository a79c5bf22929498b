// The one entry of every `npm run …`: brings Node, packages and the build up to date, then runs the command.
// Runs on Node 18, so it is plain JavaScript; it re-executes itself on a newer Node where the running one is too old.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { environmentFor, fetchedNode, isNewEnough } from './ensure-node.mjs';
import { reportError, runVisibly } from './progress.mjs';
import { root } from './root.mjs';

const bin = (path) => join(root, 'node_modules', path);
const script = (name) => pathToFileURL(join(root, 'scripts', name)).href;

/** Node's flags for running our TypeScript sources: workspaces resolve to `src`, types are stripped. */
function sourceFlags() {
  const flags = ['--conditions=holdpoint-source'];
  if (!process.features.typescript) flags.push('--experimental-strip-types', '--disable-warning=ExperimentalWarning');
  return flags;
}

const commands = {
  async up(args) {
    await install();
    await buildServer();
    const entry = join(root, 'packages/server/bin/holdpoint.mjs');
    process.env.HOLDPOINT_COMMAND = 'npm run holdpoint --';
    // In this process, not in a child: one process less, and signals reach the server directly.
    process.argv = [process.execPath, entry, 'serve', '--sample', ...args];
    await import(pathToFileURL(entry).href);
    // It takes longer than the rest together, and the server reads it when it is there.
    if (!process.exitCode) build(['docs']).catch(reportError);
  },
  /** The command line of the built server. */
  async holdpoint(args) {
    await install();
    await buildServer();
    return runVisibly(process.execPath, [join(root, 'packages/server/bin/holdpoint.mjs'), ...args], { cwd: root });
  },
  async start(args) {
    await install();
    await build(['elements', 'portal']);
    return runVisibly(process.execPath, [...sourceFlags(), 'packages/server/src/cli/main.ts', 'serve', ...args], {
      cwd: root,
    });
  },
  async build(args) {
    await install();
    await build(args.length > 0 ? args : undefined);
  },
  async check(args) {
    const { check } = await import(script('check.mjs'));
    return check(args);
  },
  async test(args) {
    await install();
    return runVisibly(process.execPath, [bin('vitest/vitest.mjs'), 'run', ...args], { cwd: root });
  },
  async format(args) {
    await install();
    const paths = args.length > 0 ? args : ['.'];
    return runVisibly(process.execPath, [bin('@biomejs/biome/bin/biome'), 'check', '--write', ...paths], { cwd: root });
  },
  bench: (args) => runFrom('bench', args),
  crash: (args) => runFrom('test/crash', ['crash', ...args]),
  docs: (args) => runFrom('scripts', ['docs', ...args]),
  screenshots: (args) => runFrom('scripts', ['screenshots', ...args]),
};

async function install() {
  const { ensureDependencies } = await import(script('ensure-dependencies.mjs'));
  await ensureDependencies();
}

async function build(parts) {
  const { ensureBuilt } = await import(script('build.mjs'));
  await ensureBuilt(parts);
}

async function buildServer() {
  const { ensureBuilt, serverParts } = await import(script('build.mjs'));
  await ensureBuilt(serverParts);
}

/** Runs `folder/name.ts` or `.mjs` after a build; without a name says which there are. */
async function runFrom(folder, [name, ...args]) {
  const files = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  const file = files.find((each) => each === `${name}.ts` || each === `${name}.mjs`);
  if (!file) {
    const names = files
      .filter((each) => /(?<!\.test)\.(ts|mjs)$/.test(each))
      .map((each) => each.replace(/\.(ts|mjs)$/, ''));
    throw new Error(
      `Say which one: npm run ${folder} -- NAME, where NAME is one of: ${names.join(', ') || '(none yet)'}`,
    );
  }
  await install();
  await buildServer();
  return runVisibly(process.execPath, [...sourceFlags(), join(folder, file), ...args], { cwd: root });
}

async function main() {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(`Unknown command "${name}". There are: ${Object.keys(commands).join(', ')}.`);
  if (isNewEnough(process.version)) return command(args[0] === '--' ? args.slice(1) : args);
  const node = await fetchedNode();
  return runVisibly(node, [fileURLToPath(import.meta.url), name, ...args], { env: environmentFor(node) });
}

/**
 * `npm run` puts a shell between itself and us, which does not pass signals on: a stopped npm would leave us behind
 * with the port and the data directory.
 */
function stopWithNpm() {
  const shell = process.ppid;
  const watch = () => process.ppid !== shell && process.kill(process.pid, 'SIGTERM');
  if (process.env.npm_lifecycle_event) setInterval(watch, 500).unref();
}

try {
  stopWithNpm();
  const code = await main();
  if (code) process.exitCode = code;
} catch (error) {
  reportError(error);
  process.exitCode = 1;
}
