// Without an endpoint of its own our client goes where boto3 goes, in every region that botocore knows.
import { Session } from '@holdpoint/client';
import { describe, expect, it } from 'vitest';
import { describeWith } from '../testing/tools.ts';
import { keyPair, moment, useTwoClients } from '../testing/two-clients.ts';

const described = describeWith('Python with boto3');

const services = {
  'sagemaker-a2i-runtime': { method: 'describe_human_loop', input: { HumanLoopName: 'a' } },
  sagemaker: { method: 'list_tags', input: { ResourceArn: 'a' } },
} as const;
const variants = [false, true].flatMap((fips) => [false, true].map((dualstack) => ({ fips, dualstack })));

described('endpoints of AWS', () => {
  const two = useTwoClients();

  const clientOf = (service: keyof typeof services, region: string, fips: boolean, dualstack: boolean) =>
    new Session({
      region,
      credentials: keyPair,
      now: () => moment,
      environment: {
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_USE_FIPS_ENDPOINT: String(fips),
        AWS_USE_DUALSTACK_ENDPOINT: String(dualstack),
      },
    }).createClient(service);

  describe.each(Object.entries(services))('of %s', (service, { method, input }) => {
    it.each(variants)('FIPS $fips, dual-stack $dualstack', async ({ fips, dualstack }) => {
      const name = service as keyof typeof services;
      const theirs = await two.oracle.endpoints({ service: name, ...keyPair, fips, dualstack }, method, input);
      expect(Object.keys(theirs).length).toBeGreaterThan(30);
      const refused: string[] = [];
      for (const [region, found] of Object.entries(theirs)) {
        const client = clientOf(name, region, fips, dualstack);
        const url = new URL(await client.generatePresignedUrl(method, { params: input }));
        expect(client.meta.endpointUrl).toBe(`https://${url.host}`);
        if (found === null) {
          refused.push(region);
          continue;
        }
        expect([region, url.host]).toEqual([region, found.host]);
        // There boto3 says something else than where it goes: its words come from an older table.
        if (!(dualstack && region.includes('-iso'))) expect(client.meta.endpointUrl).toBe(found.endpointUrl);
      }
      // boto3 refuses what a partition does not have; there ours fails when it connects.
      expect(refused.filter((region) => !/^(us|eu)-iso/.test(region))).toEqual([]);
      if (!dualstack) expect(refused).toEqual([]);
    });
  });
});
