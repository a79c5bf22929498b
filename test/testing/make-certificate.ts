// A key and a certificate for localhost, made anew and signed by itself, in the DER of RFC 5280.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
}

/** For `localhost` and 127.0.0.1, valid for a day from an hour ago. */
export function makeCertificate(): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(element(0x31, sequence(objectId('550403'), element(0x0c, Buffer.from('localhost')))));
  const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)]);
  const altNames = sequence(element(0x82, Buffer.from('localhost')), element(0x87, Buffer.from([127, 0, 0, 1])));
  const isAuthority = sequence(element(0x01, Buffer.from([0xff])));
  const contents = sequence(
    element(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    name,
    sequence(utcTime(Date.now() - 3_600_000), utcTime(Date.now() + 86_400_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(extension('551d11', altNames), extension('551d13', isAuthority))),
  );
  const signature = element(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', contents, privateKey)]));
  const der = sequence(contents, ecdsaWithSha256, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${der.match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}

function element(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Uint8Array[]): Buffer => element(0x30, Buffer.concat(parts));
const integer = (bytes: Uint8Array): Buffer => element(0x02, bytes);
const objectId = (hex: string): Buffer => element(0x06, Buffer.from(hex, 'hex'));
const extension = (id: string, value: Buffer): Buffer => sequence(objectId(id), element(0x04, value));
const utcTime = (time: number): Buffer =>
  element(
    0x17,
    Buffer.from(
      `${new Date(time)
        .toISOString()
        .replace(/[-:T]|\..*/g, '')
        .slice(2)}Z`,
    ),
  );
