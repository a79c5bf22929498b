import type { UseLinkResponse } from '@holdpoint/protocol';
import { findLink, useUpLink } from '../auth/links.ts';
import { isOfWorkforce } from '../auth/oidc/identity-provider.ts';
import type { Reply } from '../context.ts';
import { guard } from '../domain/change.ts';
import { Refusal } from '../domain/refusal.ts';
import { decide } from './decide.ts';
import { firstStep } from './first-step.ts';
import { readJson, smallBody, textOf } from './read-json.ts';
import { recordRefusal } from './record-refusal.ts';
import { json } from './reply.ts';
import type { Visit } from './visit.ts';

/**
 * POST use-link. A sign-in link signs in and is used up in the same commit; a set-password link only shows whose it is,
 * and stays until the password is set.
 */
export async function useLink(visit: Visit): Promise<Reply> {
  const { exchange, store, now } = visit;
  const token = textOf(await readJson(exchange, smallBody), 'token', 200);
  const { link, worker, step } = await decide(store, async () => {
    const found = await findLink(store, token, now);
    if (!found || !isOfWorkforce(found.worker, visit.workforce)) {
      await recordRefusal(visit, { reason: 'link-invalid' });
      throw invalidLink();
    }
    if (found.link.purpose === 'set-password') return { ...found, step: undefined, changes: [] };
    const step = await firstStep(visit, found.worker);
    const changes = [useUpLink(found.link), guard('workers', found.worker), ...step.changes];
    return { ...found, step, changes };
  });
  const reply: UseLinkResponse = {
    purpose: link.purpose,
    email: worker.emailAsGiven,
    name: worker.name,
    ...(step?.secondFactor && { secondFactor: step.secondFactor }),
  };
  return json(reply, step === undefined ? {} : { 'Set-Cookie': step.cookies });
}

export const invalidLink = (): Refusal =>
  new Refusal('link-invalid', 'This link was already used or is too old. Please ask for a new one.');
