/** The limit to compare with: a bare node:http server that reads and parses the body and replies. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { HumanLoopName } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const body = JSON.stringify({
      HumanLoopArn: `arn:aws:sagemaker:us-east-1:000000000000:human-loop/${HumanLoopName}`,
    });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`listening on ${(server.address() as AddressInfo).port}\n`));
