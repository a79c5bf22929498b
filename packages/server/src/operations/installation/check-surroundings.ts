// Checks of what surrounds the store: buckets, disk, rights, renderer, addresses.
import { type AiService, aiServices as facts } from '../../domain/ai-services.ts';
import { counted, failed, ok, reasonOf, skipped, type Verdict, type Visit, warning } from './check.ts';

const mebibyte = 1024 ** 2;
const day = 24 * 60 * 60_000;
/** Below the first there is reason to look, below the second writing is about to fail. */
const bytesLow = 1024 * mebibyte;
const bytesOut = 128 * mebibyte;
const filesLow = 20_000;
const filesOut = 1000;
const certificateEnds = 21 * day;
const previewSeconds = 900;

export async function checkBucket({ premises }: Visit): Promise<Verdict> {
  const advice = premises.objectStore.startsWith('s3:')
    ? 'Mend it there, or its credentials; outputs are written when it is well again, and the server need not be started anew.'
    : 'See that there is room on the disk, and that the server may write to its data directory.';
  try {
    const bucket = await premises.probeBucket();
    if (bucket === undefined)
      return warning('There is no bucket.', 'Make the one that outputs go to, or start the server again.');
    return ok(`An object could be written to bucket ${bucket}, read and deleted.`);
  } catch (error) {
    return failed(`Objects cannot be stored: ${reasonOf(error)}.`, advice);
  }
}

export async function checkDisk({ premises }: Visit): Promise<Verdict> {
  const { freeBytes, freeFiles = Number.POSITIVE_INFINITY } = await premises.disk();
  const free = `The disk of the data directory has ${sizeOf(freeBytes)} left`;
  const files = Number.isFinite(freeFiles) ? ` and room for ${counted(freeFiles, 'file')}` : '';
  const advice = 'Make room, or move the data directory to a larger disk; each answer needs both.';
  if (freeBytes < bytesOut || freeFiles < filesOut) return failed(`${free}${files}.`, advice);
  if (freeBytes < bytesLow || freeFiles < filesLow) return warning(`${free}${files}.`, advice);
  return ok(`${free}.`);
}

export async function checkRights({ premises }: Visit): Promise<Verdict> {
  const open = await premises.readableByOthers();
  if (!open) return skipped('This system has no rights of owner, group and others to look at.');
  const [secret] = open.secrets;
  if (secret !== undefined)
    return failed(`Others than its owner can read ${secret}, which holds secrets.`, `Run "chmod go-rwx '${secret}'".`);
  if (open.directory !== undefined)
    return warning(
      `Others than its owner can look into the data directory ${open.directory}.`,
      `Run "chmod 700 '${open.directory}'".`,
    );
  return ok('The data directory and the secrets can be read by their owner only.');
}

export async function checkRenderer({ templates, presign }: Visit): Promise<Verdict> {
  const advice = 'See that the server can start processes and has memory left; until then no task is offered.';
  try {
    const { html, errors } = await templates.render({
      template: '{{ task.input.word }}',
      input: '{"word":"shown"}',
      presign: presign(previewSeconds),
      assetsUrl: '/assets',
    });
    if (html === 'shown' && errors.length === 0) return ok('Templates are rendered.');
    return failed(`A template could not be rendered: ${errors[0]?.message ?? 'the page is wrong'}.`, advice);
  } catch (error) {
    return failed(`Templates are not rendered: ${reasonOf(error)}.`, advice);
  }
}

export async function checkPublicUrl({ installation, premises }: Visit): Promise<Verdict> {
  const { publicUrl } = installation;
  const { protocol, hostname } = new URL(publicUrl);
  if (isLoopback(hostname))
    return premises.listensBeyondLoopback
      ? warning(
          `The server listens for other machines, but its links lead to ${publicUrl}, which only this one can open.`,
          'Name the address that people use with --public-url.',
        )
      : ok(`Links lead to ${publicUrl}, on this machine only.`);
  if (protocol !== 'https:')
    return warning(
      `Links lead to ${publicUrl}, where passwords and answers travel unprotected.`,
      'Serve https with --tls-cert and --tls-key, or behind a proxy that does, and give --public-url with https.',
    );
  return ok(`Links lead to ${publicUrl}.`);
}

export async function checkCertificate({ premises, now }: Visit): Promise<Verdict> {
  const certificate = await premises.certificate();
  if (!certificate) return skipped('This server serves http itself, so it has no certificate.');
  const ends = new Date(certificate.expiresAt).toISOString().slice(0, 10);
  const advice = certificate.replaced
    ? 'There is another certificate in the file of --tls-cert: start the server again to serve it.'
    : 'Put a new one into the file of --tls-cert and start the server again.';
  if (certificate.expiresAt <= now) return failed(`The certificate expired on ${ends}.`, advice);
  if (certificate.expiresAt - now < certificateEnds) return warning(`The certificate expires on ${ends}.`, advice);
  if (certificate.replaced)
    return warning('The certificate in the file of --tls-cert is not the one that is served.', advice);
  return ok(`The certificate is valid until ${ends}.`);
}

export async function checkAiServices({ aiServices }: Visit): Promise<Verdict> {
  const services = (Object.keys(facts) as AiService[]).filter((service) => aiServices.endpoint(service) !== undefined);
  if (services.length === 0) return skipped('This server stands in front of no AI service.');
  const problems = await Promise.all(services.map((service) => aiServices.probe(service)));
  const said = problems.filter((problem) => problem !== undefined);
  if (said.length > 0)
    return failed(
      said.join(' '),
      `See ${services.map((service) => facts[service].flag).join(' and ')}, the network, and the credentials of the server’s process.`,
    );
  const places = services.map((service) => `${facts[service].name} at ${aiServices.endpoint(service)}`);
  return ok(
    `${places.join(' and ')} ${services.length === 1 ? 'answers' : 'answer'}, and there are credentials to sign with.`,
  );
}

export const checkMail = async (): Promise<Verdict> => skipped('Nothing sends mail yet.');

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);

const sizeOf = (bytes: number): string =>
  bytes < bytesLow ? `${Math.floor(bytes / mebibyte)} MiB` : `${Math.floor(bytes / bytesLow)} GiB`;
