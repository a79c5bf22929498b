import { ApiError } from '@holdpoint/protocol';
import { createLink } from '../../auth/links.ts';
import { endSessionsOf } from '../../auth/sessions.ts';
import type { OperationHandler } from '../../context.ts';
import { discard, update } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { invite } from './invite.ts';
import { describeWorker, loadWorker, requireDirectory } from './worker-row.ts';

/** For whoever has lost what they sign in with. What the worker was working on stays theirs. */
export const resetWorker: OperationHandler<'ResetWorker'> = async (context, input) => {
  const { store, installation, now } = context;
  const { worker, url } = await decide(context, async () => {
    await requireDirectory(context, 'they sign in there.');
    const worker = await loadWorker(context, input.Email);
    if (worker.status !== 'active')
      throw new ApiError('ValidationException', `The worker ${worker.emailAsGiven} is disabled.`);
    const [passkeys, links, sessions] = await Promise.all([
      store.passkeysOfWorker(worker.id),
      store.oneTimeLinksOfWorker(worker.id),
      endSessionsOf(store, worker.id),
    ]);
    const link = createLink({ worker, purpose: 'set-password', publicUrl: installation.publicUrl, now });
    const changes = [
      update('workers', worker, { passwordHash: null }),
      ...passkeys.map(({ id }) => discard('passkeys', id)),
      discard('secondFactors', worker.id),
      ...links.map(({ tokenHash }) => discard('oneTimeLinks', tokenHash)),
      ...sessions,
      ...link.changes,
    ];
    return { worker, url: link.url, changes };
  });
  context.forget({ workerId: worker.id });
  const invitation = await invite(context, worker, url, input.SendInvitation);
  return { Worker: describeWorker(worker, await store.allWorkteams()), ...invitation };
};
