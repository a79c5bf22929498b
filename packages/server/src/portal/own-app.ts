/** Setting up an authenticator app: a secret that the app gets by a QR code, and a first code that shows that it has it. */
import type { StartAppResponse } from '@holdpoint/protocol';
import { seal, unseal } from '../auth/sealed.ts';
import { newTotpSecret, totpStep, totpUri } from '../auth/totp.ts';
import type { Reply } from '../context.ts';
import { Refusal } from '../domain/refusal.ts';
import { requireFresh, setUpFactor } from './own-security.ts';
import { readJson, smallBody, textOf } from './read-json.ts';
import { json } from './reply.ts';
import { tooManyAttempts } from './sign-in.ts';
import type { SettingUpVisit } from './visit.ts';

interface Beginning {
  readonly workerId: string;
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const lifetime = 15 * 60_000;
const use = 'holdpoint authenticator app';

/** POST security/app/start: nothing is kept until the app has shown a code. */
export async function startApp(visit: SettingUpVisit): Promise<Reply> {
  requireFresh(visit);
  const { worker, settings, linkSecret, now } = visit;
  const secret = newTotpSecret();
  const uri = totpUri(secret, worker.emailAsGiven, settings.organisation ?? 'Holdpoint');
  const beginning: Beginning = { workerId: worker.id, secret, expiresAt: now + lifetime };
  const reply: StartAppResponse = {
    secret: secret.match(/.{4}/g)!.join(' '),
    uri,
    qr: await qrOf(uri),
    token: seal(beginning, linkSecret, use),
  };
  return json(reply);
}

/** POST security/app: an app that was set up before is replaced. */
export async function confirmApp(visit: SettingUpVisit): Promise<Reply> {
  const { exchange, worker, linkSecret, rareAttempts, now } = visit;
  const body = await readJson(exchange, smallBody);
  const code = textOf(body, 'code', 100).replace(/\s/g, '');
  const beginning = unseal<Beginning>(textOf(body, 'token', 2000), linkSecret, use);
  if (!beginning || beginning.workerId !== worker.id || beginning.expiresAt <= now)
    throw new Refusal('wrong-code', 'This QR code is too old. Please begin again with a new one.');
  const attempt = rareAttempts.begin({ email: `app ${worker.id}`, address: exchange.clientAddress, now });
  if (!attempt.allowed) return tooManyAttempts(attempt.retryAfterSeconds);
  const step = totpStep(beginning.secret, code, 0, now);
  if (step === undefined)
    throw new Refusal(
      'wrong-code',
      'This code is not of now. Please check that the clock of your phone is right, and enter the code that the app shows.',
    );
  const reply = await setUpFactor(visit, async () => ({
    changes: [],
    set: { totpSecret: beginning.secret, totpLastStep: step },
  }));
  attempt.succeeded();
  return reply;
}

/** Dark modules as squares of one unit, row by row. */
async function qrOf(text: string): Promise<StartAppResponse['qr']> {
  const { encode } = await import('uqr');
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return { size, path };
}
