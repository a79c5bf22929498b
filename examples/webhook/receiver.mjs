// Receives the events of a Holdpoint event target and checks their signatures, with nothing but Node.
//
//   npx holdpoint event-target add --url https://example.com/hook      # prints the secret, once
//   WEBHOOK_SECRET=whsec_… PORT=8080 node examples/webhook/receiver.mjs
//
// To try it on one machine, start the server with --allow-private-targets and add --url http://127.0.0.1:8080/.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

const secret = process.env.WEBHOOK_SECRET ?? '';
if (!secret.startsWith('whsec_')) {
  console.error('Set WEBHOOK_SECRET to the secret that "holdpoint event-target add" printed (whsec_…).');
  process.exit(1);
}
const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
const toleranceSeconds = 5 * 60;

/** Whether the delivery was signed with our secret, a short time ago (standardwebhooks.com). */
function isGenuine(headers, body) {
  const id = headers['webhook-id'] ?? '';
  const timestamp = headers['webhook-timestamp'] ?? '';
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (id === '' || !(age <= toleranceSeconds)) return false;
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  // The header lists one or more signatures, so that a secret can be changed without losing deliveries.
  return String(headers['webhook-signature'] ?? '')
    .split(' ')
    .some((entry) => {
      const [version, signature = ''] = entry.split(',');
      const given = Buffer.from(signature, 'base64');
      return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
    });
}

/** Ids that were taken already: a delivery whose answer was lost comes again. Keep them in your database. */
const seen = new Set();

const server = createServer(async (request, response) => {
  try {
    const body = await buffer(request);
    if (request.method !== 'POST' || !isGenuine(request.headers, body)) return response.writeHead(400).end();
    const id = request.headers['webhook-id'];
    if (!seen.has(id)) {
      seen.add(id);
      const event = JSON.parse(body.toString('utf8'));
      console.log(
        event.detail ? `${event.detail.humanLoopName}: ${event.detail.humanLoopStatus}` : body.toString('utf8'),
      );
    }
    // Any answer from 200 to 299 ends the delivery; everything else brings it again later.
    response.writeHead(204).end();
  } catch (error) {
    console.error(error.message);
    response.writeHead(500).end();
  }
});

server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  console.log(`Listening on http://127.0.0.1:${server.address().port}/`);
});
