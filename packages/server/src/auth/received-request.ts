import type { Exchange } from '../context.ts';

/** What of an exchange a signature is about. */
export type ReceivedRequest = Pick<Exchange, 'method' | 'rawPath' | 'rawQuery' | 'headers' | 'header' | 'receivedAt'>;
