// What the connections of Node, Deno and Bun do, on which the client's own HTTP stands: prints what it saw.
import { createClient } from '@holdpoint/client';

const { plain, secure, mute, closed } = JSON.parse(process.env.SMOKE_FACTS);
const base = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1 };
const seen = {};

/** Calls once, or as often as there are names, on one client. */
async function call(options, ...names) {
  const client = createClient({ ...base, ...options });
  const outcomes = [];
  for (const HumanLoopName of names)
    outcomes.push(
      await client.call('DescribeHumanLoop', { HumanLoopName }).then(
        (loop) => loop.HumanLoopName,
        (error) => (error.cause?.code ? `${error.name} ${error.cause.code}` : error.name),
      ),
    );
  return outcomes.join(', ');
}

seen.plain = await call({ endpointUrl: plain }, 'a', 'b', 'c');
seen.secure = await call({ endpointUrl: secure }, 'a', 'b', 'c');
seen.untrusted = await call({ endpointUrl: secure, environment: {} }, 'a');
seen.refused = await call({ endpointUrl: closed }, 'a');
seen.unnamed = await call({ endpointUrl: mute, connectTimeoutMs: 300, readTimeoutMs: 100 }, 'a');
seen.silent = await call({ endpointUrl: plain, readTimeoutMs: 300 }, 'silent');
seen.stalled = await call({ endpointUrl: plain, readTimeoutMs: 300 }, 'stalled');
seen.ended = await call({ endpointUrl: plain }, 'ended');
seen.cut = await call({ endpointUrl: plain }, 'cut');

const abort = new AbortController();
const waiting = createClient({ ...base, endpointUrl: plain });
const aborted = waiting
  .call('DescribeHumanLoop', { HumanLoopName: 'silent' }, { signal: abort.signal })
  .catch(({ message }) => message);
setTimeout(() => abort.abort(new Error('stop')), 100);
seen.aborted = await aborted;

const few = createClient({ ...base, endpointUrl: plain, maxConnections: 2 });
await Promise.all(Array.from({ length: 10 }, () => few.call('DescribeHumanLoop', { HumanLoopName: 'few' })));

console.log(JSON.stringify(seen));
