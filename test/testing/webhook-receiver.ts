// Where a test has events delivered to.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Delivery<Event> {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: Event;
  /** What `look` saw while the delivery had not yet been answered. */
  readonly seen: unknown;
}

export interface WebhookReceiver<Event> {
  readonly url: string;
  readonly deliveries: readonly Delivery<Event>[];
  /** The first delivery, past or to come, that is like this. */
  find(matches: (event: Event) => boolean): Promise<Delivery<Event>>;
  close(): Promise<void>;
}

/** Listens on loopback and takes everything. `look` runs before each answer. */
export async function receiveWebhooks<Event>(
  look: (event: Event) => Promise<unknown> = async () => undefined,
): Promise<WebhookReceiver<Event>> {
  const deliveries: Delivery<Event>[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const event = JSON.parse(body) as Event;
    const seen = await look(event).catch((error: unknown) => error);
    deliveries.push({ headers: request.headers, body, event, seen });
    for (const wake of waiting) wake();
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    deliveries,
    async find(matches) {
      for (;;) {
        const found = deliveries.find(({ event }) => matches(event));
        if (found) return found;
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
    },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Throws unless the delivery is signed with the target's secret, as Standard Webhooks describes. */
export function verifySignature(secret: string, { body, headers }: Delivery<unknown>): void {
  new Webhook(secret).verify(body, headers as Record<string, string>);
}
