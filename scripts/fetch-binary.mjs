// Fetches an npm package that brings a program's binary into an ignored folder, and makes sure that it runs here.
// Runs on Node 18, so it is plain JavaScript without dependencies.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npmCommand, runQuietly, step } from './progress.mjs';

/**
 * The path of a binary in `folder`, installed first when it is missing, broken or of another version.
 * Throws an Error with what npm said where that is impossible; resolves to undefined when what came does not run here.
 *
 * @param {{
 *   title: string, name: string, version: string, folder: string,
 *   path: string, isRight: (printed: string) => boolean, sameMajorWillDo?: boolean,
 * }} wanted `path` is the binary's inside the package, `isRight` judges what it prints for `--version`.
 */
export async function fetchedBinary(wanted) {
  const { title, name, folder, path } = wanted;
  const binary = join(folder, 'node_modules', name, path);
  if (isSound(binary, wanted)) return binary;
  await step(title, () => install(wanted));
  return isSound(binary, wanted) ? binary : undefined;
}

/** The stamp beside the binary spares us from starting it only to ask whether it works. */
function isSound(binary, { folder, isRight }) {
  if (!existsSync(binary)) return false;
  const stamp = join(folder, 'stamp');
  const [file, version] = existsSync(stamp) ? readFileSync(stamp, 'utf8').split('\n') : [];
  const expected = `${binary} ${statSync(binary).size}`;
  if (file === expected && version && isRight(version)) return true;
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    const printed = execFileSync(binary, ['--version'], options).split('\n')[0].trim();
    if (!isRight(printed)) return false;
    writeFileSync(stamp, `${expected}\n${printed}`);
    return true;
  } catch {
    return false;
  }
}

/** Installs beside and renames, so that an interrupted install leaves nothing that looks finished. */
async function install({ name, version, folder, sameMajorWillDo = false }) {
  removeAbandoned(folder);
  const temporary = join(folder, `installing-${process.pid}`);
  mkdirSync(temporary, { recursive: true });
  writeFileSync(join(temporary, 'package.json'), '{ "private": true }\n');
  try {
    // Not every platform's package has every release: the newest of the same major may be as good.
    await npmInstall(temporary, `${name}@${version}`).catch((error) => {
      if (!sameMajorWillDo) throw error;
      return npmInstall(temporary, `${name}@${version.split('.')[0]}`);
    });
    const target = join(folder, 'node_modules', name);
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
