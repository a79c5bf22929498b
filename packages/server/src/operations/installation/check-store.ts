// Checks of what the store knows: the database itself, jobs, event targets, workforces, and the time of the newest row.
import { randomUUID } from 'node:crypto';
import { oidcConfigOf } from '../../auth/oidc/identity-provider.ts';
import { discard, insert } from '../../domain/change.ts';
import { counted, failed, ok, reasonOf, type Verdict, type Visit, warning } from './check.ts';

const minute = 60_000;
/** A job that has been due for longer than this is not being run; a burst of new loops may keep some waiting for a while. */
const overdue = 10 * minute;
/** Rows are made with the clock of this machine, so any later time than now is one that it had before. */
const tolerance = 5000;

export async function checkDatabase({ store, health }: Visit): Promise<Verdict> {
  const { schemaVersion, damage, complete } = await health;
  if (damage.length > 0)
    return failed(
      `The database is damaged: ${reasonOf(damage[0])}.`,
      'Stop the server, keep a copy of the data directory, and restore a backup.',
    );
  const name = `check-${randomUUID()}`;
  try {
    await store.save([insert('settings', { name, value: 'written' })]);
    const written = await store.setting(name);
    await store.save([discard('settings', name)]);
    if (written?.value !== 'written') throw new Error('a row was not read as it was written');
  } catch (error) {
    return failed(
      `Nothing can be saved: ${reasonOf(error)}.`,
      'Make room on the disk, and see that the server may write to its data directory.',
    );
  }
  return ok(`The database is sound (schema ${schemaVersion}, ${complete ? 'all of it' : 'a part of it'} was checked).`);
}

export async function checkClock({ health, premises, now }: Visit): Promise<Verdict> {
  const advice = 'Let the machine keep its clock by NTP; deadlines and signatures depend on it.';
  const { newestRowAt = 0 } = await health;
  if (newestRowAt > now + tolerance)
    return warning(
      `The newest entry was made at ${new Date(newestRowAt).toISOString()}, which is in the future.`,
      advice,
    );
  const setBack = Math.round(premises.clockSetBack() / 1000);
  if (setBack * 1000 > tolerance)
    return warning(`The clock was set back by ${counted(setBack, 'second')} since the server started.`, advice);
  return ok('The clock goes forward, and no entry is from the future.');
}

export async function checkJobs({ health, now }: Visit): Promise<Verdict> {
  const { firstJobDueAt = now, failingJobs } = await health;
  const late = Math.floor((now - firstJobDueAt) / minute);
  if (now - firstJobDueAt > overdue)
    return warning(
      `A job has been due for ${counted(late, 'minute')} and is not done.`,
      'Look for errors in the log; where nothing moves, start the server again.',
    );
  if (failingJobs > 0)
    return warning(
      `${counted(failingJobs, 'job')} failed and will be tried again.`,
      'The log says why; deliveries to event targets are among them.',
    );
  return ok('No job is overdue, and none fails.');
}

export async function checkEventTargets({ store }: Visit): Promise<Verdict> {
  const targets = await store.eventTargets();
  if (targets.length === 0) return ok('There are no event targets.');
  const counts = await Promise.all(targets.map(({ id }) => store.countDeliveries(id)));
  const failing = counts.filter(({ failed }) => failed > 0);
  const events = failing.reduce((sum, { failed }) => sum + failed, 0);
  const waiting = counts.reduce((sum, { waiting }) => sum + waiting, 0);
  const waits = waiting === 0 ? '' : ` ${counted(waiting, 'event')} ${waiting === 1 ? 'waits' : 'wait'} to be sent.`;
  if (events > 0)
    return warning(
      `${counted(events, 'event')} to ${counted(failing.length, 'event target')} could not be delivered and were given up.${waits}`,
      '"holdpoint event-target list" and "dead-letters" show the reasons; mend them, then send the events with "holdpoint event-target replay".',
    );
  if (waiting > 0) return ok(`No event was given up.${waits}`);
  return ok(`${counted(targets.length, 'event target')} took all events.`);
}

export async function checkIdentityProvider({ store, installation }: Visit): Promise<Verdict> {
  const workforce = (await store.workforces()).find(({ config }) => config.OidcConfig !== undefined);
  const config = oidcConfigOf(workforce);
  if (!workforce || !config) return ok('Workers sign in with passwords and links of this server.');
  const redirectUri = `${installation.publicUrl}/oauth2/idpresponse`;
  const sentence = `Workers of ${workforce.name} sign in at ${config.Issuer}, which leads back to ${redirectUri}.`;
  if (installation.publicUrl.startsWith('https:')) return ok(sentence);
  return warning(
    `${sentence} Providers lead back to https addresses only, as a rule.`,
    'Serve https and name its address with --public-url.',
  );
}
