// Installs the packages of package-lock.json when node_modules does not hold them already.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, runQuietly, step } from './progress.mjs';
import { root } from './root.mjs';

const lockFile = join(root, 'package-lock.json');
const stampFile = join(root, 'node_modules', '.holdpoint-stamp');

/** Runs `npm ci` unless the stamp of an earlier run, or npm's own record of what it installed, says that all is there. */
export async function ensureDependencies() {
  const lock = readFileSync(lockFile, 'utf8');
  const stamp = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  if (!isInstalled(JSON.parse(lock).packages)) {
    const npm = npmCommand();
    await step('Installing packages', () =>
      runQuietly(npm.command, [...npm.args, 'ci', '--no-audit', '--no-fund'], { cwd: root, shell: npm.shell }),
    );
  }
  writeFileSync(stampFile, stamp);
}

/** Compares with the hidden lock file that npm writes last, so an interrupted install has none. */
function isInstalled(wanted) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const found = installed[path];
    if (!found && !entry.optional) return false;
    if (found && (found.version !== entry.version || found.integrity !== entry.integrity)) return false;
  }
  // A folder carried over from another kind of machine has that machine's binaries.
  return Object.values(installed).every((entry) => fits(entry.os, process.platform) && fits(entry.cpu, process.arch));
}

function fits(allowed, here) {
  if (!allowed || allowed.length === 0) return true;
  if (allowed.includes(`!${here}`)) return false;
  return allowed.includes(here) || allowed.every((name) => name.startsWith('!'));
}
