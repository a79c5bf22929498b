/** Passwords of workers: what is accepted, how they are kept (argon2id), how they are checked. */
import { randomBytes } from 'node:crypto';

/** The fewest characters (code points) of a password. */
const minPasswordLength = 10;
/** The most characters (code points) of a password; beyond it only the hashing would grow. */
const maxPasswordLength = 1000;

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Hashes that may wait at once; each that runs takes 19 MiB, and a longer queue would only keep everybody waiting. */
const maxWaiting = 64;

type Argon2 = typeof import('@node-rs/argon2');
let library: Promise<Argon2> | undefined;
let decoy: Promise<string> | undefined;
let waiting = 0;

/** Thrown when more passwords are being checked than this machine can work off soon. */
export class TooManyPasswords extends Error {}

/** What is wrong with a new password, as a sentence for the person who chose it; undefined when nothing is. */
export function passwordProblem(password: string, email: string): string | undefined {
  const length = [...password.normalize('NFKC')].length;
  if (length < minPasswordLength) return `Please choose a password of at least ${minPasswordLength} characters.`;
  if (length > maxPasswordLength) return `Please choose a password of at most ${maxPasswordLength} characters.`;
  if (password.trim().toLowerCase() === email.toLowerCase())
    return 'Please choose a password that is not your e-mail address.';
  if (new Set(password).size < 3) return 'Please choose a password with more different characters.';
  return undefined;
}

/** Hashes a password for keeping: argon2id in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return limited(async ({ hash }) => hash(password.normalize('NFKC'), argon2id));
}

/**
 * Whether the password belongs to the hash. Without a hash (nobody has this e-mail address, or no password is set) it
 * does the same work and answers false, so that the time it takes tells nothing.
 */
export function verifyPassword(hash: string | null, password: string): Promise<boolean> {
  return limited(async (argon2) => {
    decoy ??= argon2.hash(randomBytes(16).toString('hex'), argon2id);
    const matches = await argon2.verify(hash ?? (await decoy), password.normalize('NFKC')).catch(() => false);
    return hash !== null && matches;
  });
}

/** The library is loaded at first use: a native module that a server without sign-ins never needs. */
async function limited<T>(work: (argon2: Argon2) => Promise<T>): Promise<T> {
  if (waiting >= maxWaiting) throw new TooManyPasswords();
  waiting += 1;
  try {
    library ??= import('@node-rs/argon2');
    return await work(await library);
  } finally {
    waiting -= 1;
  }
}
