/** An authenticator of Web Authentication in software, which also lies as it is told. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Lie {
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly challenge?: string;
  /** The user was there, but not verified. */
  readonly unverified?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
  readonly breakSignature?: boolean;
}

interface Options {
  readonly challenge: string;
  readonly [name: string]: unknown;
}

/** One with one credential. */
export function createAuthenticator(origin: string, lies: Lie = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  const { x, y } = publicKey.export({ format: 'jwk' });
  const cose = cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(x!)],
      [-3, bytes(y!)],
    ]),
  );
  let counter = 0;
  let user = '';

  const authenticatorData = (rpId: string, lie: Lie, attested: Buffer): Buffer => {
    const flags = 0x01 | (lie.unverified ? 0 : 0x04) | (attested.length > 0 ? 0x40 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(lie.counter ?? ++counter);
    return Buffer.concat([sha256(lie.rpId ?? rpId), Buffer.from([flags]), count, attested]);
  };
  const clientData = (type: string, { challenge }: Options, lie: Lie): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: lie.type ?? type,
        challenge: lie.challenge ?? challenge,
        origin: lie.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const described = (response: object) => ({
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    response,
    clientExtensionResults: {},
  });

  return {
    id: id.toString('base64url'),
    create(options: Options, more: Lie = {}) {
      const lie = { ...lies, ...more };
      user = (options.user as { id: string }).id;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, id, cose]);
      const authData = authenticatorData((options.rp as { id: string }).id, lie, attested);
      const attestationObject = cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authData],
        ]),
      );
      return described({
        clientDataJSON: clientData('webauthn.create', options, lie).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal', 'A lie', 7],
      });
    },
    get(options: Options, more: Lie = {}) {
      const lie = { ...lies, ...more };
      const authData = authenticatorData(options.rpId as string, lie, Buffer.alloc(0));
      const said = clientData('webauthn.get', options, lie);
      const signature = sign('sha256', Buffer.concat([authData, sha256(said)]), privateKey);
      if (lie.breakSignature) signature[signature.length - 1]! ^= 1;
      return described({
        clientDataJSON: said.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: lie.userHandle ?? user,
      });
    },
  };
}

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');
const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

/** As much of CBOR (RFC 8949) as there is in a credential. */
function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Map) return Buffer.concat([head(5, value.size), ...[...value].flat().map(cbor)]);
  const data = value as Buffer;
  return Buffer.concat([head(2, data.length), data]);
}

const head = (major: number, value: number): Buffer =>
  value < 24
    ? Buffer.from([(major << 5) | value])
    : value < 256
      ? Buffer.from([(major << 5) | 24, value])
      : Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
