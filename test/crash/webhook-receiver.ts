/** An event target on loopback that remembers what it was sent, and sometimes answers 500. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Random } from './random.ts';

export interface ReceivedEvents {
  /** Ids of deliveries: the same at every attempt. */
  readonly deliveries: Set<string>;
  readonly statuses: Set<string>;
  /** Attempts that were answered with 200. */
  taken: number;
}

export interface WebhookReceiver {
  readonly humanLoopUrl: string;
  readonly objectUrl: string;
  /** By the loop's name. */
  readonly humanLoops: ReadonlyMap<string, ReceivedEvents>;
  /** By `bucket/key`. */
  readonly objects: ReadonlyMap<string, ReceivedEvents>;
  refused(): number;
  close(): Promise<void>;
}

interface HumanLoopEvent {
  readonly detail: { readonly humanLoopName: string; readonly humanLoopStatus: string };
}
interface ObjectEvent {
  readonly Records: readonly [{ readonly s3: { readonly bucket: { name: string }; readonly object: { key: string } } }];
}

/** @param onHumanLoop hears of every event of a loop before it is answered. */
export async function openWebhookReceiver(
  random: Random,
  onHumanLoop: (name: string) => void,
): Promise<WebhookReceiver> {
  const humanLoops = new Map<string, ReceivedEvents>();
  const objects = new Map<string, ReceivedEvents>();
  let refused = 0;

  function remember(path: string, delivery: string, body: string): { events: ReceivedEvents; first: boolean } {
    const events = path === '/human-loops' ? rememberHumanLoop(body) : rememberObject(body);
    const first = !events.deliveries.has(delivery);
    events.deliveries.add(delivery);
    return { events, first };
  }

  function rememberHumanLoop(body: string): ReceivedEvents {
    const { detail } = JSON.parse(body) as HumanLoopEvent;
    const events = entryOf(humanLoops, detail.humanLoopName);
    events.statuses.add(detail.humanLoopStatus);
    onHumanLoop(detail.humanLoopName);
    return events;
  }

  function rememberObject(body: string): ReceivedEvents {
    const { s3 } = (JSON.parse(body) as ObjectEvent).Records[0];
    return entryOf(objects, `${s3.bucket.name}/${decodeURIComponent(s3.object.key.replaceAll('+', ' '))}`);
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const attempt = remember(request.url!, String(request.headers['webhook-id']), body);
      // Only the first attempt: the waiting times between attempts soon become long.
      if (attempt.first && random.chance(0.15)) {
        refused += 1;
        response.writeHead(500).end();
        return;
      }
      attempt.events.taken += 1;
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    humanLoopUrl: `${url}/human-loops`,
    objectUrl: `${url}/objects`,
    humanLoops,
    objects,
    refused: () => refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function entryOf(map: Map<string, ReceivedEvents>, name: string): ReceivedEvents {
  const known = map.get(name);
  if (known) return known;
  const made: ReceivedEvents = { deliveries: new Set(), statuses: new Set(), taken: 0 };
  map.set(name, made);
  return made;
}
