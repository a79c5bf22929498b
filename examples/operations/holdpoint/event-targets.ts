// Event targets, one operation after the other. Their receiver is a part of this program; a server reaches it when it was
// started with --allow-private-targets. examples/webhook/receiver.mjs checks signatures.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHoldpointClient } from '@holdpoint/client';

const receiver = createServer((request, response) => {
  request.resume();
  response.writeHead(204).end();
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
const hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;

const holdpoint = createHoldpointClient();

// #region CreateEventTarget
const { EventTargetId, Secret } = await holdpoint.createEventTarget({
  Url: hook,
  Kind: 'human-loop',
  Statuses: ['Completed', 'Failed'],
});
console.log(`Whoever has ${Secret?.slice(0, 6)}… can tell our events from others`);
// #endregion CreateEventTarget

// #region TestEventTarget
const { StatusCode, Error: reason } = await holdpoint.testEventTarget({ EventTargetId });
console.log(reason ?? `The receiver took it with ${StatusCode}`);
// #endregion TestEventTarget

// #region ListEventTargets
const { EventTargets } = await holdpoint.listEventTargets();
for (const { Url, Statuses, PendingDeliveries, FailedDeliveries } of EventTargets) {
  console.log(`${Url} hears of ${Statuses?.join(', ')}: ${PendingDeliveries} wait, ${FailedDeliveries} were given up`);
}
// #endregion ListEventTargets

// #region ListDeadLetters
const { DeadLetters } = await holdpoint.listDeadLetters({ EventTargetId, MaxResults: 100 });
console.log(`${DeadLetters.length} events were given up, and are kept`);
for (const { DeliveryId, Attempts, LastError } of DeadLetters) {
  console.log(`${DeliveryId} was tried ${Attempts} times: ${LastError}`);
}
// #endregion ListDeadLetters

// #region ReplayEventTarget
const { Replayed } = await holdpoint.replayEventTarget({ EventTargetId });
console.log(`${Replayed} events are sent again`);
// #endregion ReplayEventTarget

// #region DeleteDeadLetters
const { Deleted } = await holdpoint.deleteDeadLetters({ EventTargetId });
console.log(`${Deleted} events were deleted and are not sent any more`);
// #endregion DeleteDeadLetters

// #region DeleteEventTarget
await holdpoint.deleteEventTarget({ EventTargetId });
// #endregion DeleteEventTarget

receiver.close();
