// Operations of our own on the installation: what only the server knows about how it runs.
import { holdpointOperations } from '../operations/operation.ts';
import { list, oneOf, string, structure, timestamp } from '../shape.ts';

const Check = structure(
  {
    /** What was checked, such as `Database`. */
    Name: string(),
    /** Failed: something does not work. Warning: something should be done. Skipped: there is nothing to check. */
    Status: oneOf('Ok', 'Warning', 'Failed', 'Skipped'),
    /** One sentence. */
    Message: string(),
    /** What to do about it, one sentence; always there with Warning and Failed. */
    Advice: string(),
  },
  ['Name', 'Status', 'Message'],
);

export const installationOperations = holdpointOperations({
  /**
   * Looks over what only the server can see of its installation: database, buckets, disk, rights, clock, jobs, event targets,
   * renderer, addresses, certificate. Whatever is wrong is data, never an error; the answer takes 20 seconds at most.
   */
  CheckInstallation: {
    input: structure({}),
    output: structure(
      {
        /** Of the server. */
        Version: string(),
        /** The account number in the ARNs of this installation. */
        AccountId: string(),
        /** The region for which requests are signed. */
        Region: string(),
        /** The endpoint that `aws/config` in the data directory names. */
        EndpointUrl: string(),
        /** The base of every link that is handed out. */
        PublicUrl: string(),
        /** The server's clock. */
        ServerTime: timestamp,
        /** What was looked at, each in one sentence. */
        Checks: list(Check),
      },
      ['Version', 'AccountId', 'Region', 'EndpointUrl', 'PublicUrl', 'ServerTime', 'Checks'],
    ),
  },
});
