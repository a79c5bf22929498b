// Who may import whom, as data; the layers are explained in ARCHITECTURE.md.
// Tests, batteries of cases and testing/ may import anything; what they share with the product is checked from the product's side.

const server = 'packages/server/src';
const exempt = '(\\.test\\.ts|\\.cases\\.ts)$|/testing/';

/**
 * What the rooms of the table are made of. An interface is the files directly in its folder, never an engine below.
 * `rows` are the shapes in which the store speaks, without the decisions.
 */
const places = {
  protocol: '^packages/protocol/src/',
  client: '^packages/client/src/',
  elements: '^packages/elements/(src/|dist/|custom-elements[.]json$)',
  leaf: `^${server}/(clock|id|log|nearest)\\.ts$`,
  context: `^${server}/context\\.ts$`,
  config: `^${server}/(config|trusted-certificates)\\.ts$`,
  main: `^${server}/main\\.ts$`,
  domain: `^${server}/domain/`,
  rows: `^${server}/domain/(rows|change)\\.ts$`,
  templates: `^${server}/templates/`,
  store: `^${server}/store/[^/]+\\.ts$`,
  objectStore: `^${server}/object-store/[^/]+\\.ts$`,
  events: `^${server}/events/`,
  aiServices: `^${server}/ai-services/`,
  auth: `^${server}/auth/`,
  mail: `^${server}/mail/`,
  push: `^${server}/push/`,
};

/** One row for each room: its own folder is always allowed, what is not listed is forbidden. */
const table = [
  {
    room: 'protocol',
    path: '^packages/protocol/src/',
    may: [],
    instead: 'the contract stands alone; pass what it needs as arguments',
  },
  { room: 'client', path: '^packages/client/src/', may: ['protocol'], instead: 'the client knows the contract only' },
  {
    room: 'elements',
    path: '^packages/elements/src/',
    may: [],
    instead: 'elements work on any page; use attributes, properties and events',
  },
  {
    room: 'portal',
    path: '^packages/portal/src/',
    may: ['protocol', 'elements'],
    instead: 'talk to the server through its portal API',
  },
  {
    room: 'leaves',
    path: places.leaf,
    may: ['leaf'],
    instead: 'clock, id, log and nearest know nothing of the rest; pass it as an argument',
  },
  {
    room: 'config',
    path: places.config,
    may: ['protocol', 'leaf', 'mail'],
    instead: 'settings are read here and used elsewhere',
  },
  {
    room: 'context',
    path: places.context,
    may: ['protocol', 'domain', 'store', 'templates', 'objectStore', 'aiServices', 'mail', 'push', 'leaf'],
    instead: 'the context names interfaces; main.ts puts the engines in',
  },
  {
    room: 'domain',
    path: places.domain,
    may: ['protocol'],
    instead: 'a decision gets state and time as arguments and returns changes',
  },
  {
    room: 'templates',
    path: places.templates,
    may: ['protocol', 'objectStore', 'leaf'],
    instead: 'pass rows and settings as arguments',
  },
  {
    room: 'store',
    path: places.store,
    may: ['domain', 'protocol'],
    instead: 'the interface knows rows, never an engine or a caller',
  },
  {
    room: 'store engine',
    path: `^${server}/store/([^/]+)/`,
    may: ['store', 'domain', 'leaf'],
    instead: 'an engine knows the interface only, and no other engine',
  },
  {
    room: 'object store',
    path: `^${server}/object-store/`,
    may: ['domain', 'protocol', 'leaf'],
    instead: 'files know nothing of who reads or writes them',
  },
  {
    room: 'events',
    path: places.events,
    may: ['domain', 'protocol', 'leaf'],
    instead: 'a target gets the finished event from a job',
  },
  {
    room: 'AI services',
    path: places.aiServices,
    may: ['domain', 'objectStore', 'events', 'protocol', 'leaf'],
    instead:
      'a call goes on and an answer comes back; what it means for loops is decided in operations/ai-service and domain/',
  },
  {
    room: 'mail',
    path: places.mail,
    may: ['protocol', 'leaf'],
    instead: 'mail knows addresses and words; who gets it is decided in domain/',
  },
  {
    room: 'push',
    path: places.push,
    may: ['events', 'mail', 'protocol', 'leaf'],
    instead: 'messages go out as they were given; who gets them is decided in domain/',
  },
  {
    room: 'jobs',
    path: `^${server}/jobs/`,
    may: ['domain', 'store', 'objectStore', 'events', 'mail', 'templates', 'context', 'protocol', 'leaf'],
    instead: 'a job loads rows, asks domain/ and saves; it gets the rest from main.ts',
  },
  {
    room: 'operations',
    path: `^${server}/operations/`,
    may: ['domain', 'templates', 'store', 'auth', 'mail', 'context', 'protocol', 'leaf'],
    instead: 'save a job row in the same commit instead of calling outputs, events or the portal',
  },
  {
    room: 'metrics',
    path: `^${server}/metrics/`,
    may: ['domain', 'store', 'auth', 'context', 'protocol', 'leaf'],
    instead: 'figures are read from the store; app.ts tells what was answered',
  },
  {
    room: 'portal handlers',
    path: `^${server}/portal/`,
    may: ['domain', 'templates', 'store', 'auth', 'mail', 'context', 'protocol', 'leaf'],
    instead: 'share decisions through domain/, not through operations/',
  },
  {
    room: 'buckets',
    path: `^${server}/buckets/`,
    may: ['objectStore', 'context', 'protocol', 'leaf'],
    instead: 'the S3 endpoint works on the object-store interface',
  },
  {
    room: 'auth',
    path: places.auth,
    may: ['store', 'rows', 'context', 'protocol', 'leaf'],
    instead: 'pass what it needs through the context',
  },
  {
    room: 'http',
    path: `^${server}/http/`,
    may: ['context', 'protocol', 'leaf'],
    instead: 'app.ts joins the steps; http/ gets them as functions',
  },
  {
    room: 'cli',
    path: `^${server}/cli/`,
    may: ['main', 'config', 'client', 'protocol'],
    instead: 'a command calls an operation through the client, also on a server started in process',
  },
];

/** Groups of the room's own path, such as an engine's name, stand in the rule as $1. */
const ownFolder = (path) => path.replace('([^/]+)', '$1');

const roomRules = table.map(({ room, path, may, instead }) => ({
  name: `room: ${room}`,
  comment: `${room} may import ${may.length > 0 ? may.join(', ') : 'nothing of ours'} (.dependency-cruiser.cjs). Instead: ${instead}.`,
  severity: 'error',
  from: { path, pathNot: exempt },
  to: { path: '^packages/', pathNot: ['/node_modules/', ownFolder(path), ...may.map((name) => places[name])] },
}));

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    ...roomRules,
    rule(
      'app without engines',
      'app.ts joins all steps over interfaces. Instead of an engine, the command line or main.ts, take it as an argument: main.ts passes it.',
      { path: `^${server}/app\\.ts$` },
      { path: `^${server}/((object-store|store)/[^/]+/|cli/|main\\.ts$)`, pathNot: exempt },
    ),
    rule(
      'main without cli',
      'main.ts starts a server for any caller. Instead: return what the command line should print.',
      { path: `^${server}/main\\.ts$` },
      { path: `^${server}/cli/` },
    ),
    rule(
      'other packages by name',
      'A package reaches another by its name (@holdpoint/…), as a user of it would, not by a path.',
      { path: '^packages/([^/]+)/src/', pathNot: exempt },
      { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local'] },
    ),
    rule('no cycles', 'Two files that need each other are one file, or need a third.', {}, { circular: true }),
    rule(
      'no tests in the product',
      'Code that ships must not import tests or testing/. Instead: move what both need beside the product code.',
      { path: '^packages/[^/]+/src/', pathNot: exempt },
      { path: exempt },
    ),
    rule(
      'pure domain',
      'domain/ uses jmespath, re2js, fast-png and no Node modules, so that it decides the same everywhere. Instead: pass hashes, time and ids as arguments.',
      { path: places.domain, pathNot: exempt },
      {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown', 'npm-peer'],
        pathNot: ['^packages/protocol/', 'node_modules/(jmespath|re2js|fast-png)/'],
      },
    ),
    rule(
      'pure protocol',
      'protocol runs in browsers too and has no dependencies. Instead: take hashing and the like as arguments.',
      { path: places.protocol, pathNot: exempt },
      { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown', 'npm-peer'] },
    ),
    rule(
      'client on any runtime',
      'client runs in browsers too. Instead of a Node module use what every runtime has, such as WebCrypto and fetch, or let platform/ bring it.',
      { path: places.client, pathNot: `${exempt}|^packages/client/src/platform/` },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'database drivers in their engine only',
      // Benchmarks look under the server: how large a database is, what the engine does alone.
      'Only store/sqlite and store/postgres talk to a database. Instead: use the interface in store/store.ts.',
      { pathNot: `^${server}/store/(sqlite|postgres)/|^bench/|${exempt}` },
      { path: '^(node:)?sqlite$|node_modules/(pg|pg-[^/]+|better-sqlite3)/' },
    ),
    rule(
      'declared dependencies only',
      "What ships imports only what its own package.json lists under dependencies. Instead: add it there, exact version, or don't use it.",
      { path: '^packages/(protocol|client|server)/src/', pathNot: exempt },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '^packages/' },
    ),
    rule(
      'everything is found',
      'This import leads nowhere. Relative imports end in .ts.',
      {},
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['(^|/)dist/', '^\\.cache/', '^bench/peers/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['holdpoint-source', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.mts', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
    skipAnalysisNotInRules: true,
  },
};
