/** The checksums that S3 clients send with a body and ask back. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export const checksumNames = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;
export type ChecksumName = (typeof checksumNames)[number];

export interface Checksum {
  update(bytes: Uint8Array): void;
  /** Base64, as it stands in `x-amz-checksum-…`. */
  digest(): string;
}

export function isChecksumName(name: string): name is ChecksumName {
  return (checksumNames as readonly string[]).includes(name);
}

/** The member names of S3's XML: `ChecksumCRC32`, … */
export function checksumElement(name: ChecksumName): string {
  return `Checksum${name.toUpperCase()}`;
}

export function createChecksum(name: ChecksumName): Checksum {
  switch (name) {
    case 'crc32':
      return checksum32((bytes, value) => crc32(bytes, value));
    case 'crc32c':
      return checksum32(crc32c);
    case 'crc64nvme':
      return checksum64();
    default: {
      const hash = createHash(name);
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('base64') };
    }
  }
}

/** The checksum of a multipart object that is made of its parts' checksums: over their bytes, with their number. */
export function compositeChecksum(name: ChecksumName, parts: readonly string[]): string {
  const checksum = createChecksum(name);
  for (const part of parts) checksum.update(Buffer.from(part, 'base64'));
  return `${checksum.digest()}-${parts.length}`;
}

function checksum32(step: (bytes: Uint8Array, value: number) => number): Checksum {
  let value = 0;
  return {
    update(bytes) {
      value = step(bytes, value);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value >>> 0);
      return bytes.toString('base64');
    },
  };
}

let table32: Uint32Array | undefined;

/** CRC-32C (Castagnoli), reflected polynomial 0x82F63B78. */
function crc32c(bytes: Uint8Array, value: number): number {
  table32 ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    return crc >>> 0;
  });
  let crc = ~value >>> 0;
  for (let index = 0; index < bytes.length; index++) {
    crc = (table32[(crc ^ (bytes[index] as number)) & 255] as number) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

let tables64: { readonly high: Uint32Array; readonly low: Uint32Array } | undefined;

/** CRC-64/NVME, reflected polynomial 0x9A6C9329AC4BC9B5, in two halves of 32 bits. */
function checksum64(): Checksum {
  tables64 ??= makeTables64();
  const { high: highTable, low: lowTable } = tables64;
  let high = 0xffffffff;
  let low = 0xffffffff;
  return {
    update(bytes) {
      for (let index = 0; index < bytes.length; index++) {
        const at = (low ^ (bytes[index] as number)) & 255;
        low = ((low >>> 8) | (high << 24)) ^ (lowTable[at] as number);
        high = (high >>> 8) ^ (highTable[at] as number);
      }
    },
    digest() {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32BE(~high >>> 0, 0);
      bytes.writeUInt32BE(~low >>> 0, 4);
      return bytes.toString('base64');
    },
  };
}

function makeTables64(): { high: Uint32Array; low: Uint32Array } {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0x9a6c9329ac4bc9b5n : crc >> 1n;
    high[byte] = Number(crc >> 32n);
    low[byte] = Number(crc & 0xffffffffn);
  }
  return { high, low };
}
