/** What a worker has besides the password, and who must have something. */
import type { Passkey, SecondFactor, Worker } from '../domain/rows.ts';
import type { Store } from '../store/store.ts';

/** `--require-second-factor` */
export const secondFactorRules = ['none', 'operators', 'everyone'] as const;
export type SecondFactorRule = (typeof secondFactorRules)[number];

export interface Factors {
  readonly passkeys: readonly Passkey[];
  readonly secondFactor: SecondFactor | undefined;
}

export async function factorsOf(store: Store, workerId: string): Promise<Factors> {
  const [passkeys, secondFactor] = await Promise.all([store.passkeysOfWorker(workerId), store.secondFactor(workerId)]);
  return { passkeys, secondFactor };
}

export const hasApp = ({ secondFactor }: Factors): boolean => (secondFactor?.totpSecret ?? null) !== null;

/** Passkey and app are asked for after a password; recovery codes alone stand for nothing. */
export const hasFactor = (factors: Factors): boolean => factors.passkeys.length > 0 || hasApp(factors);

export const codesLeft = ({ secondFactor }: Factors): number => secondFactor?.recoveryCodeHashes.length ?? 0;

/** Whoever signs in at an identity provider is asked for it there. */
export const mustHaveFactor = (worker: Worker, rule: SecondFactorRule): boolean =>
  worker.identity.identityProviderType !== 'Oidc' &&
  (rule === 'everyone' || (rule === 'operators' && worker.role === 'operator'));
