/**
 * Challenges of Web Authentication. One is made without a row, so that looking at the sign-in page writes nothing; it says by
 * its own signature until when it can be answered, for what and by whom, to any server of the installation. What keeps it
 * from being answered twice is a row that the answer's own commit adds.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { type Change, discard, insert } from '../../domain/change.ts';
import type { Store } from '../../store/store.ts';
import { equalInConstantTime } from '../hashing.ts';
import { hashSecret } from '../secrets.ts';

export type ChallengePurpose = 'add' | 'sign-in' | 'second-factor';

/** Milliseconds in which an authenticator is found and touched. */
const challengeLifetime = 10 * 60_000;

interface Terms {
  readonly purpose: ChallengePurpose;
  /** Who may answer; '' at sign-in, where that is not known yet. */
  readonly workerId: string;
  readonly secret: string;
}

/** base64url: random bits, the end of its time, and the signature. */
export function newChallenge(terms: Terms, now: number): string {
  const said = Buffer.concat([randomBytes(16), timeOf(now + challengeLifetime)]);
  return Buffer.concat([said, sign(said, terms)]).toString('base64url');
}

/** When the challenge ends; undefined for one that is over, or was not made by this installation for this. */
export function endOfChallenge(challenge: string, terms: Terms, now: number): number | undefined {
  const bytes = Buffer.from(challenge, 'base64url');
  if (bytes.length !== 54 || bytes.toString('base64url') !== challenge) return undefined;
  const said = bytes.subarray(0, 22);
  if (!equalInConstantTime(bytes.toString('latin1', 22), sign(said, terms).toString('latin1'))) return undefined;
  const expiresAt = said.readUIntBE(16, 6);
  return expiresAt > now ? expiresAt : undefined;
}

export const isSpent = async (store: Store, challenge: string): Promise<boolean> =>
  (await store.spentChallenge(hashSecret(challenge))) !== undefined;

/** For the commit of what it was answered for; clears away some that are over. */
export async function spendChallenge(
  store: Store,
  challenge: string,
  expiresAt: number,
  now: number,
): Promise<readonly Change[]> {
  const over = await store.expiredChallenges(now, 20);
  return [
    insert('spentChallenges', { idHash: hashSecret(challenge), expiresAt }),
    ...over.map(({ idHash }) => discard('spentChallenges', idHash)),
  ];
}

const timeOf = (time: number): Buffer => {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(time, 0, 6);
  return bytes;
};

const sign = (said: Buffer, { purpose, workerId, secret }: Terms): Buffer =>
  createHmac('sha256', secret).update(`holdpoint passkey\n${purpose}\n${workerId}\n`).update(said).digest();
