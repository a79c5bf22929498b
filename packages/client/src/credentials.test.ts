import { beforeEach, describe, expect, it } from 'vitest';
import { createA2IRuntimeClient, type ProvidedCredentials } from './index.ts';
import { testOptions } from './testing/options.ts';
import { json, scriptedTransport } from './testing/scripted-transport.ts';

const minutes = 60_000;
const described = json({ HumanLoopName: 'a', HumanLoopStatus: 'InProgress', CreationTime: 0 });

/** What the provider gives when it is asked: the end of its credentials in minutes from then, nothing, or a failure. */
type Given = number | undefined | Error;

let now: number;
let asked: number;
beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
  asked = 0;
});

function open(...given: readonly Given[]) {
  const transport = scriptedTransport(described);
  const credentials = async (): Promise<ProvidedCredentials> => {
    const next = given[Math.min(asked, given.length - 1)];
    asked += 1;
    if (next instanceof Error) throw next;
    const expiration = next === undefined ? undefined : new Date(now + next * minutes);
    return { accessKeyId: `K${asked}`, secretAccessKey: 's', expiration };
  };
  const client = createA2IRuntimeClient(
    testOptions({ endpointUrl: 'http://127.0.0.1:1', transport, credentials, now: () => now }),
  );
  return async (): Promise<string> => {
    await client.describeHumanLoop({ HumanLoopName: 'a' });
    return /Credential=([^/]+)/.exec(transport.requests.at(-1)!.headers.authorization!)![1]!;
  };
}

describe('credentials of a provider', () => {
  it('without an end are asked for once', async () => {
    const signedWith = open(undefined);
    expect(await Promise.all([signedWith(), signedWith()])).toEqual(['K1', 'K1']);
    now += 1e6 * minutes;
    expect(await signedWith()).toBe('K1');
    expect(asked).toBe(1);
  });

  it.each([
    [60, 50],
    [600, 590],
    [15, 7.5],
    [2, 1],
  ])('that hold for %s minutes are renewed after %s', async (holds, renewed) => {
    const signedWith = open(holds);
    expect(await signedWith()).toBe('K1');
    now += (renewed - 0.1) * minutes;
    expect(await signedWith()).toBe('K1');
    now += 0.2 * minutes;
    expect(await Promise.all([signedWith(), signedWith(), signedWith()])).toEqual(['K2', 'K2', 'K2']);
    expect(asked).toBe(2);
  });

  it('that have ended already are asked for with every call', async () => {
    const signedWith = open(-1);
    expect([await signedWith(), await signedWith()]).toEqual(['K1', 'K2']);
  });

  it('are asked for again after a failure', async () => {
    const signedWith = open(new Error('no network'), new Error('no server'), 60);
    await expect(signedWith()).rejects.toThrow('no network');
    await expect(signedWith()).rejects.toThrow('no server');
    expect(await signedWith()).toBe('K3');
  });

  it('that cannot be renewed are used until they end', async () => {
    const signedWith = open(60, new Error('no network'), new Error('no network'), new Error('no network'), 60);
    expect(await signedWith()).toBe('K1');
    now += 55 * minutes;
    expect(await signedWith()).toBe('K1');
    now += 4 * minutes;
    expect(await signedWith()).toBe('K1');
    expect(asked).toBe(3);
    now += 1 * minutes;
    await expect(signedWith()).rejects.toThrow('no network');
    expect(await signedWith()).toBe('K5');
  });
});
