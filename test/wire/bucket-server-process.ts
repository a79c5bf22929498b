// Serves buckets in a process of its own, so that a test can watch its memory: prints its address, then for each line
// that it reads the most memory (resident bytes) that it has used since the last one.
import { createInterface } from 'node:readline';
import { startBucketServer } from '../../packages/server/src/testing/bucket-server.ts';

const server = await startBucketServer();
let most = 0;
const look = (): void => {
  most = Math.max(most, process.memoryUsage.rss());
};
const watch = setInterval(look, 20);
console.log(server.url);
for await (const _ of createInterface({ input: process.stdin })) {
  look();
  console.log(most);
  most = 0;
}
clearInterval(watch);
await server.close();
