// Passkeys, second factors and lost passwords, in memory: as much as pages need to be looked at.
import type {
  FactorSetUpResponse,
  SecondFactorResponse,
  SecurityResponse,
  StartAppResponse,
} from '@holdpoint/protocol';
import { type PortalState, type Reply, refuse, worker } from './portal-state.ts';

const ok = (body: object): Reply => ({ status: 200, body });
const app: StartAppResponse = {
  secret: 'ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567',
  uri: 'otpauth://totp/Holdpoint:ada%40example.com?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  qr: { size: 8, path: 'M1 1h1v1h-1zM3 1h1v1h-1zM2 2h1v1h-1z' },
  token: 'token',
};
const codes: FactorSetUpResponse = {
  recoveryCodes: Array.from({ length: 10 }, (_, index) => `abcd-efgh-ijkl-mno${'234567abcd'[index]}`),
};

/** Answers what is asked before the session, or about it; undefined for the rest. */
export function signInRoutes(state: PortalState, path: string, body: Record<string, unknown>): Reply | undefined {
  const place = { origin: state.origin ?? '' };
  if (path === 'forgot-password') return ok({});
  if (path === 'passkey/options') return refuse(400, 'passkey-refused', 'There are none here.');
  if (path === 'second-factor') {
    if (state.secondFactor === undefined) return refuse(401, 'signed-out', 'You are signed out.');
    const asked: SecondFactorResponse = {
      secondFactor: state.secondFactor,
      email: worker.email,
      passkey: true,
      app: true,
      recoveryCodesLeft: 9,
      place,
    };
    return ok(asked);
  }
  if (path === 'second-factor/code') {
    if (body.code !== '123456') return refuse(401, 'wrong-code', 'This code is wrong.');
    state.signedIn = true;
    return ok({ worker, isOperator: false });
  }
  if (path === 'security/app/start') return ok(app);
  if (path === 'security/app') return ok(codes);
  if (path === 'security') {
    const security: SecurityResponse = {
      passkeys: state.passkeys,
      app: state.passkeys.length > 0,
      recoveryCodesLeft: 9,
      required: false,
      place,
    };
    return ok(security);
  }
  if (path === 'security/recovery-codes') return ok(codes);
  if (/^security\/passkeys\/[^/]+\/(name|remove)$/.test(path))
    return refuse(403, 'sign-in-again', 'You signed in some time ago. Please sign in again first.');
  return undefined;
}
