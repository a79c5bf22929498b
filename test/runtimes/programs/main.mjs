// Node, Deno and Bun: settings come from the environment and its files, the result goes to standard output.
import { smoke } from './smoke.mjs';

console.log(JSON.stringify(await smoke({}, JSON.parse(process.env.SMOKE_FACTS))));
