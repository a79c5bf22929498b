import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { isPrivateAddress, publicLookup } from './private-address.ts';

describe('private addresses', () => {
  it.each([
    ['loopback', '127.0.0.1', '127.255.255.254', '::1'],
    ['unspecified', '0.0.0.0', '0.1.2.3', '::'],
    ['private', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ['link-local', '169.254.169.254', 'fe80::1'],
    ['unique-local and site-local', 'fc00::1', 'fd12:3456::1', 'fec0::1'],
    ['shared by carriers', '100.64.0.1', '100.127.255.255'],
    ['multicast and broadcast', '224.0.0.1', '239.1.1.1', '255.255.255.255', 'ff02::1'],
    ['documentation, benchmarks, reserved', '192.0.2.1', '198.18.0.1', '203.0.113.9', '240.0.0.1', '2001:db8::1'],
    ['IPv4-mapped', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1'],
    ['IPv4-compatible and translated', '::7f00:1', '::127.0.0.1', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1', '64:ff9b::8.8.8.8', '64:ff9b:1::1'],
    ['6to4 and Teredo', '2002:7f00:1::', '2001:0:7f00:1::'],
    ['no address at all', 'localhost', '', '1.2.3', '0x7f000001'],
  ])('%s', (_, ...addresses) => {
    for (const address of addresses) expect([address, isPrivateAddress(address)]).toEqual([address, true]);
  });

  it('public ones may be sent to', () => {
    for (const address of ['8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])
      expect([address, isPrivateAddress(address)]).toEqual([address, false]);
  });

  const look = (addresses: readonly string[], all: boolean) =>
    new Promise((resolve, reject) => {
      const found = addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }));
      publicLookup((_host, _options, callback) => callback(null, found))('host.example', { all }, (error, address) =>
        error ? reject(error) : resolve(address),
      );
    });

  it('a socket is given only the public addresses of a name', async () => {
    expect(await look(['10.0.0.1', '93.184.216.34', '::1'], true)).toEqual([{ address: '93.184.216.34', family: 4 }]);
    expect(await look(['10.0.0.1', '2606:4700::1111'], false)).toBe('2606:4700::1111');
    await expect(look(['127.0.0.1', '::1'], true)).rejects.toThrow(
      'host.example has the address 127.0.0.1, which is private or reserved; the server sends there only with --allow-private-targets.',
    );
    await expect(look([], true)).rejects.toThrow('--allow-private-targets');
  });
});
