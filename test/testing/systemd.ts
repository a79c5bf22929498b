// A machine of its own for one unit: systemd as the first process of namespaces of its own, with the system's files but another
// /run, /var/lib and user, and the network of this machine. It needs Linux, root and an installed systemd.
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const systemd = '/lib/systemd/systemd';
const namespaces = ['--pid', '--fork', '--mount', '--ipc', '--uts', '--mount-proc', '--kill-child'];
const freshCgroups = 'mount --make-rprivate / && umount -l /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup';

/** Whether this machine lets such a machine be made. */
export const canRunSystemd = (): boolean =>
  process.getuid?.() === 0 &&
  existsSync(systemd) &&
  spawnSync('unshare', [...namespaces, 'sh', '-c', freshCgroups], { stdio: 'ignore' }).status === 0;

export interface Machine {
  /** `systemctl` with these words. */
  control(...words: string[]): Promise<void>;
  /** What the service wrote on standard error. */
  errors(): Promise<string>;
  close(): Promise<void>;
}

export interface MachineSettings {
  readonly folder: string;
  /** A user of the system, and the group of that name. */
  readonly user: string;
  readonly service: string;
  /** The text of its unit. */
  readonly unit: string;
  /** Where the unit's `EnvironmentFile` is. */
  readonly environmentFile: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Programs that are there under these names: a script for `/bin/sh`, or the file of a program. */
  readonly scripts: Readonly<Record<string, string>>;
  readonly programs: Readonly<Record<string, string>>;
  /** A folder of this machine that is `/opt` there. */
  readonly opt: string;
}

/** Starts it; its service is under way then, not ready. */
export async function startMachine(settings: MachineSettings): Promise<Machine> {
  const { folder, user, service, environmentFile } = settings;
  const at = (...names: string[]): string => join(folder, ...names);
  const [units, state, programs] = [at('units'), at('lib'), at('bin')];
  const wanted = join(units, 'multi-user.target.wants');
  const added = join(units, `${service}.service.d`);
  await Promise.all([state, programs, wanted, added].map((path) => mkdir(path, { recursive: true })));
  await writeFile(join(units, `${service}.service`), settings.unit);
  await symlink(`../${service}.service`, join(wanted, `${service}.service`));
  // There is no journal.
  await writeFile(join(added, 'errors.conf'), '[Service]\nStandardError=append:/var/lib/errors\n');
  for (const target of ['sysinit', 'basic', 'shutdown', 'network-online', 'multi-user'])
    await writeFile(join(units, `${target}.target`), `[Unit]\nDescription=${target}\nDefaultDependencies=no\n`);
  const lines = Object.entries(settings.environment).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(at('environment'), lines.join(''));
  for (const [name, script] of Object.entries(settings.scripts))
    await writeFile(join(programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  for (const name of Object.keys(settings.programs)) await writeFile(join(programs, name), '');
  const cgroup = `/sys/fs/cgroup/${basename(folder)}-${process.pid}`;
  const init = at('init.sh');
  const steps = [
    'set -e',
    freshCgroups,
    `mkdir -p ${cgroup}`,
    `mount --bind ${cgroup} /sys/fs/cgroup`,
    'mount -t tmpfs tmpfs /run',
    'mkdir -p /run/lock /run/systemd/system',
    // A copy, to which the user is added.
    'cp -a /etc /run/etc',
    'mount --bind /run/etc /etc',
    `echo ${user}:x:64990:64990::/var/lib/${user}:/usr/sbin/nologin >> /etc/passwd`,
    `echo ${user}:x:64990: >> /etc/group`,
    `mkdir -p ${dirname(environmentFile)}`,
    `cp ${at('environment')} ${environmentFile}`,
    ...Object.entries(settings.programs).map(([name, path]) => `mount --bind ${path} ${join(programs, name)}`),
    `mount --rbind ${programs} /usr/local/bin`,
    `mount --bind ${settings.opt} /opt`,
    `mount --bind ${state} /var/lib`,
    `export SYSTEMD_UNIT_PATH=${units} container=other`,
    `exec ${systemd} --system --unit=multi-user.target --show-status=0`,
  ];
  await writeFile(init, steps.join('\n'));
  const outside: ChildProcess = spawn('unshare', [...namespaces, 'sh', init], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // Whatever becomes of the test.
  process.once('exit', () => outside.kill('SIGKILL'));
  const first = await firstProcess(outside);
  const inside = ['--target', first, '--pid', '--mount'];
  return {
    async control(...words) {
      await run('nsenter', [...inside, 'systemctl', ...words]);
    },
    errors: () => readFile(join(state, 'errors'), 'utf8').catch(() => ''),
    async close() {
      const gone = once(outside, 'exit');
      outside.kill('SIGKILL');
      await gone;
      spawnSync(
        'unshare',
        ['--mount', 'sh', '-c', `${freshCgroups} && find ${cgroup} -depth -type d -exec rmdir {} +`],
        { stdio: 'ignore' },
      );
    },
  };
}

/** The number outside of the process that is the first one inside, as soon as it is systemd. */
async function firstProcess(outside: ChildProcess): Promise<string> {
  for (let wait = 0; wait < 100; wait++) {
    if (outside.exitCode !== null) break;
    const children = await readFile(`/proc/${outside.pid}/task/${outside.pid}/children`, 'utf8').catch(() => '');
    const [child = ''] = children.trim().split(' ');
    const name = child && (await readFile(`/proc/${child}/comm`, 'utf8').catch(() => ''));
    if (name.trim() === 'systemd') return child;
    await pause(100);
  }
  throw new Error('systemd did not start in namespaces of its own.');
}
