import type { OperationHandler } from '../../context.ts';
import { type Check, failed, reasonOf, type Verdict, type Visit } from './check.ts';
import { checkClock, checkDatabase, checkEventTargets, checkIdentityProvider, checkJobs } from './check-store.ts';
import {
  checkAiServices,
  checkBucket,
  checkCertificate,
  checkDisk,
  checkMail,
  checkPublicUrl,
  checkRenderer,
  checkRights,
} from './check-surroundings.ts';

/** A disk or a process that does not answer must not keep the other checks from being told. */
const longestMs = 20_000;

/** In the order in which they are told. */
const checks: readonly (readonly [name: string, check: (visit: Visit) => Promise<Verdict>])[] = [
  ['Database', checkDatabase],
  ['Bucket', checkBucket],
  ['Disk', checkDisk],
  ['Rights', checkRights],
  ['Clock', checkClock],
  ['Jobs', checkJobs],
  ['EventTargets', checkEventTargets],
  ['Renderer', checkRenderer],
  ['PublicUrl', checkPublicUrl],
  ['Certificate', checkCertificate],
  ['IdentityProvider', checkIdentityProvider],
  ['Mail', checkMail],
  ['AiServices', checkAiServices],
];

/** Looks over everything that only the server can see of its installation; whatever is wrong is data, never an error. */
export const checkInstallation: OperationHandler<'CheckInstallation'> = async (context) => {
  const { installation, premises, store, now } = context;
  const visit: Visit = { ...context, health: store.health() };
  return {
    Version: premises.version,
    AccountId: installation.accountId,
    Region: installation.region,
    EndpointUrl: installation.endpointUrl,
    PublicUrl: installation.publicUrl,
    ServerTime: new Date(now),
    Checks: await Promise.all(checks.map(([name, check]) => perform(name, check(visit)))),
  };
};

async function perform(Name: string, check: Promise<Verdict>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Verdict>((resolve) => {
    timer = setTimeout(
      () =>
        resolve(
          failed(
            `There was no answer within ${longestMs / 1000} seconds.`,
            'Look at the load of the machine and at its disks.',
          ),
        ),
      longestMs,
    );
  });
  try {
    return { Name, ...(await Promise.race([check, late])) };
  } catch (error) {
    return { Name, ...failed(`This could not be checked: ${reasonOf(error)}.`, 'The log may say more.') };
  } finally {
    clearTimeout(timer);
  }
}
