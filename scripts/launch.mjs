// The one entry of every `npm run …` and of `./holdpoint`: brings Node, packages and the build up to date, then runs the
// command.
// Runs on Node 18, so it is plain JavaScript; it re-executes itself on a newer Node where the running one is too old.
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
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
    process.env.HOLDPOINT_COMMAND = commandFromCaller();
    await runBuilt(['serve', '--sample', ...args]);
    // It takes longer than the rest together, and the server reads it when it is there.
    if (!process.exitCode) build(['docs']).catch(reportError);
  },
  /** The command line of the built server, in the directory of whoever calls it. */
  async holdpoint(args) {
    // At a key press nobody waits for a build: names to complete come from what was built last.
    if (args[0] !== '__complete') {
      await install();
      await buildServer();
    }
    const { HOLDPOINT_COMMAND: script, npm_lifecycle_event: event, INIT_CWD: caller } = process.env;
    if (event === 'holdpoint' && isOurNpm()) {
      process.env.HOLDPOINT_COMMAND = 'npm run holdpoint --';
      // npm has gone to the root.
      process.chdir(caller);
    } else {
      process.env.HOLDPOINT_COMMAND = script ? quoted(script) : commandFromCaller();
    }
    await runBuilt(args);
  },
  async start(args) {
    await install();
    await build(['elements', 'portal']);
    process.env.HOLDPOINT_COMMAND = commandFromCaller();
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
  async corpus() {
    await install();
    const env = { ...process.env, HOLDPOINT_CORPUS: 'whole' };
    return runVisibly(process.execPath, [bin('vitest/vitest.mjs'), 'run', 'test/corpus'], { cwd: root, env });
  },
  /** The acceptance cases on two nodes behind nginx, which are killed all the while. */
  async nodes(args) {
    await install();
    const env = { ...process.env, HOLDPOINT_TEST_FLEET: 'killed' };
    const vitest = [bin('vitest/vitest.mjs'), 'run', '--project', 'distributed', '--maxWorkers', '1', ...args];
    return runVisibly(process.execPath, vitest, { cwd: root, env });
  },
  torture: (args) => runFrom('test/crash', ['torture', ...args]),
  docs: (args) => runFrom('scripts', ['docs', ...args]),
  gallery: (args) => runFrom('scripts', ['gallery', ...args]),
  simulation: (args) => runFrom('test/simulation', ['simulation', ...args]),
  day: (args) => runFrom('test/day', ['day', ...args]),
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

/** In this process, not in a child: one process less, and signals reach the program directly. */
async function runBuilt(args) {
  const entry = join(root, 'packages/server/bin/holdpoint.mjs');
  process.argv = [process.execPath, entry, ...args];
  await import(pathToFileURL(entry).href);
}

/** Whether npm runs a script of this checkout; one of another package may have called us, and its variables are here too. */
function isOurNpm() {
  return process.env.npm_package_json === join(root, 'package.json');
}

/** What calls the command line from where `npm run` was typed, so that it finds the data directory of a server started so. */
function commandFromCaller() {
  const caller = (isOurNpm() && process.env.INIT_CWD) || process.cwd();
  const command = process.platform === 'win32' ? 'npm run holdpoint --' : './holdpoint';
  const folder = relative(caller, root);
  return folder === '' ? command : `cd ${quoted(folder)} && ${command}`;
}

/** As a shell takes it for one word. */
function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
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
