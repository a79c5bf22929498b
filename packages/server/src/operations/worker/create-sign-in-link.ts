import { ApiError } from '@holdpoint/protocol';
import { createLink } from '../../auth/links.ts';
import type { OperationHandler } from '../../context.ts';
import { guard } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { loadWorker, requireDirectory } from './worker-row.ts';

/** A one-time link for a worker: it signs in within 30 minutes, or sets a password within seven days. */
export const createSignInLink: OperationHandler<'CreateSignInLink'> = async (context, input) => {
  const { url, expiresAt } = await decide(context, async () => {
    await requireDirectory(context, 'nobody signs in by a link.');
    const worker = await loadWorker(context, input.Email);
    if (worker.status !== 'active')
      throw new ApiError('ValidationException', `The worker ${worker.emailAsGiven} is disabled.`);
    const purpose = input.Purpose === 'SignIn' ? 'sign-in' : 'set-password';
    const link = createLink({ worker, purpose, publicUrl: context.installation.publicUrl, now: context.now });
    return { ...link, changes: [guard('workers', worker), ...link.changes] };
  });
  return { Url: url, ExpirationTime: new Date(expiresAt) };
};
