// The requests about passkeys, second factors and lost passwords.
import type {
  FactorSetUpResponse,
  PasskeyOptionsResponse,
  PortalSession,
  SecondFactorResponse,
  SecurityResponse,
  StartAppResponse,
} from '@holdpoint/protocol';
import { read, send } from './api.ts';

const passkey = (id: string, what: string) => `security/passkeys/${encodeURIComponent(id)}/${what}`;

/** All reject with PortalError. */
export const signInApi = {
  forgotPassword: (email: string) => send<object>('POST', 'forgot-password', { email }),
  passkeyOptions: () => send<PasskeyOptionsResponse>('POST', 'passkey/options'),
  signInByPasskey: (credential: object) => send<PortalSession>('POST', 'passkey/sign-in', { credential }),
  secondFactor: () => read<SecondFactorResponse>('second-factor'),
  giveCode: (code: string) => send<PortalSession>('POST', 'second-factor/code', { code }),
  secondFactorOptions: () => send<PasskeyOptionsResponse>('POST', 'second-factor/options'),
  givePasskey: (credential: object) => send<PortalSession>('POST', 'second-factor/passkey', { credential }),
  security: () => read<SecurityResponse>('security'),
  newPasskeyOptions: () => send<PasskeyOptionsResponse>('POST', 'security/passkeys/options'),
  addPasskey: (name: string, credential: object) =>
    send<FactorSetUpResponse>('POST', 'security/passkeys', { name, credential }),
  namePasskey: (id: string, name: string) => send<object>('POST', passkey(id, 'name'), { name }),
  removePasskey: (id: string) => send<object>('POST', passkey(id, 'remove')),
  startApp: () => send<StartAppResponse>('POST', 'security/app/start'),
  confirmApp: (token: string, code: string) => send<FactorSetUpResponse>('POST', 'security/app', { token, code }),
  removeApp: () => send<object>('POST', 'security/app/remove'),
  renewRecoveryCodes: () => send<FactorSetUpResponse>('POST', 'security/recovery-codes'),
};
