import { endedCookie, endSession } from '../auth/sessions.ts';
import type { Reply } from '../context.ts';
import { json } from './reply.ts';
import type { Visit } from './visit.ts';

/** POST sign-out; harmless when nobody is signed in. */
export async function signOut({ exchange, store }: Visit): Promise<Reply> {
  await store.save(endSession(exchange));
  return json({}, { 'Set-Cookie': endedCookie(exchange.secure) });
}
