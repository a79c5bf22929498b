// Finds, and where that is possible installs, what the tests use beside Node: Chromium, a Python with boto3, one with
// OpenStack Swift. Tests read HOLDPOINT_TEST_CHROMIUM, _PYTHON and _SWIFT; an empty value means that there is none here.
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { runQuietly, step } from './progress.mjs';

const execute = promisify(execFile);

const tools = [
  // The shell without a window is the same browser, and needs a sixth less time for a page.
  {
    name: 'Chromium',
    variable: 'HOLDPOINT_TEST_CHROMIUM',
    debianPackages: ['chromium-headless-shell', 'chromium'],
    find: findChromium,
  },
  {
    name: 'Python with boto3',
    variable: 'HOLDPOINT_TEST_PYTHON',
    debianPackages: ['python3-boto3'],
    find: findPython,
  },
  // The library alone: its servers are started by the tests, and none by the system.
  {
    name: 'OpenStack Swift',
    variable: 'HOLDPOINT_TEST_SWIFT',
    debianPackages: ['python3-swift'],
    find: findSwift,
  },
];

/** Puts what is found into `process.env`; resolves to the names of what is missing. */
export async function findTestTools() {
  const missing = await Promise.all(
    tools.map(async (tool) => {
      const path = process.env[tool.variable] || (await tool.find());
      process.env[tool.variable] = path ?? '';
      return path ? [] : [tool];
    }),
  );
  return missing.flat().map((tool) => tool.name);
}

/** As findTestTools, after installing the Debian packages of what is missing where we may. */
export async function installTestTools() {
  const missing = await findTestTools();
  const wanted = tools.filter((tool) => missing.includes(tool.name));
  const asRoot = wanted.length > 0 ? await rootCommand() : undefined;
  if (!asRoot) return missing;
  const apt = (...args) => runQuietly(asRoot[0], [...asRoot.slice(1), 'apt-get', ...args]);
  await step(`Installing Debian packages for ${wanted.map((tool) => tool.name).join(' and ')}`, async () => {
    await apt('update');
    // Not every release has each of them: what there is of a tool's own comes first.
    for (const { debianPackages } of wanted)
      await firstThatSucceeds(debianPackages, (name) => apt('install', '-y', '--no-install-recommends', name));
  }).catch((error) => process.stdout.write(`${error.output ?? ''}\n${error.message}\n`));
  return findTestTools();
}

async function firstThatSucceeds(names, attempt) {
  for (const [index, name] of names.entries()) {
    try {
      return await attempt(name);
    } catch (error) {
      if (index === names.length - 1) throw error;
    }
  }
}

/** The start of a command that installs packages, or nothing where we may not. */
async function rootCommand() {
  if (!findOnPath('apt-get')) return undefined;
  const setting = 'DEBIAN_FRONTEND=noninteractive';
  if (process.getuid?.() === 0) return ['env', setting];
  const mayBeRoot = await execute('sudo', ['-n', 'true']).then(
    () => true,
    () => false,
  );
  return mayBeRoot ? ['sudo', '-n', 'env', setting] : undefined;
}

function findChromium() {
  const names = [
    'chromium-headless-shell',
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'chrome.exe',
  ];
  const places = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return names.map(findOnPath).find(Boolean) ?? places.find(isExecutable);
}

function findPython() {
  return pythonWith('boto3');
}

function findSwift() {
  return pythonWith('swift.common.middleware.s3api, eventlet');
}

async function pythonWith(modules) {
  for (const python of [...allOnPath('python3'), '/usr/bin/python3', ...allOnPath('python.exe')]) {
    // The interpreter names itself, because the first one on the path may be a version manager's stand-in.
    const found = await execute(python, ['-c', `import ${modules}, sys; print(sys.executable)`]).catch(() => undefined);
    if (found) return found.stdout.trim();
  }
  return undefined;
}

function findOnPath(name) {
  return allOnPath(name)[0];
}

function allOnPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).filter(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
