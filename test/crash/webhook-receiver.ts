/** An event target on loopback that remembers what it was sent, and can be as bad as those out there. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from './random.ts';

/** `well` refuses a first attempt now and then; `hanging` takes what it is sent and never answers. */
export type ReceiverMode = 'well' | 'down' | 'failing' | 'slow' | 'hanging';

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
  become(mode: ReceiverMode): void;
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
  onHumanLoop: (name: string, status: string) => void,
): Promise<WebhookReceiver> {
  const humanLoops = new Map<string, ReceivedEvents>();
  const objects = new Map<string, ReceivedEvents>();
  let mode: ReceiverMode = 'well';

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
    onHumanLoop(detail.humanLoopName, detail.humanLoopStatus);
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
    request.on('end', async () => {
      const attempt = remember(request.url!, String(request.headers['webhook-id']), Buffer.concat(chunks).toString());
      if (mode === 'hanging') return;
      if (mode === 'slow') await delay(500 + random.integer(2500));
      // Only the first attempt: the waiting times between attempts soon become long.
      if (mode === 'failing' || (attempt.first && random.chance(0.05))) return void response.writeHead(500).end();
      attempt.events.taken += 1;
      response.writeHead(200).end();
    });
  });
  server.on('connection', (socket) => {
    if (mode === 'down') socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    humanLoopUrl: `${url}/human-loops`,
    objectUrl: `${url}/objects`,
    humanLoops,
    objects,
    become(next) {
      mode = next;
      // Whoever hangs is let go, and connects again.
      server.closeAllConnections();
    },
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
