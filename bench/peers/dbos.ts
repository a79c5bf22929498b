/** DBOS: a wait is a workflow that receives; the program is what stands after it in the workflow. */
import { DBOS } from '@dbos-inc/dbos-sdk';
import { type PeerModule, versionOf } from './peer.ts';

export const open: PeerModule['open'] = async ({ databaseUrl, knows }) => {
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: databaseUrl,
    systemDatabasePoolSize: 20,
    logLevel: 'error',
    runAdminServer: false,
  });
  const review = DBOS.registerWorkflow(
    async (_payload: object) => {
      await DBOS.recv('answer', 3600);
      knows(DBOS.workflowID!);
    },
    { name: 'review' },
  );
  await DBOS.launch();
  return {
    facts: {
      name: 'DBOS',
      version: versionOf('@dbos-inc/dbos-sdk'),
      licence: 'MIT',
      durability: 'PostgreSQL, fsync and synchronous_commit on',
      how: 'startWorkflow of a workflow that waits in recv; send; the workflow goes on',
    },
    async create(id, payload) {
      await DBOS.startWorkflow(review, { workflowID: id })(payload);
    },
    take: async (id) => ({ id }),
    complete: ({ id }, answer) => DBOS.send(id, answer, 'answer'),
    close: () => DBOS.shutdown(),
  };
};
