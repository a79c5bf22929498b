// Operations of our own on workers, whom AWS manages in other services.
import { holdpointOperations } from '../operations/operation.ts';
import { WorkteamName } from '../operations/shapes.ts';
import { list, oneOf, string, structure, timestamp } from '../shape.ts';

const Email = string({ min: 3, max: 254, pattern: '[^\\s@]+@[^\\s@]+' });
const Name = string({ min: 1, max: 128, pattern: '[^\\p{Cc}]+' });
const Workteams = list(WorkteamName, { max: 100 });
const Worker = structure(
  {
    WorkerId: string(),
    Email,
    Name,
    Status: oneOf('Active', 'Disabled'),
    Workteams,
    CreationTime: timestamp,
  },
  ['WorkerId', 'Email', 'Name', 'Status', 'Workteams', 'CreationTime'],
);
const byEmail = structure({ Email }, ['Email']);
const oneWorker = structure({ Worker }, ['Worker']);

export const workerOperations = holdpointOperations({
  CreateWorker: {
    input: structure({ Email, Name, Workteams, Password: string({ min: 1, max: 256, sensitive: true }) }, ['Email']),
    output: structure({ Worker, SetPasswordUrl: string({ sensitive: true }) }, ['Worker']),
    errors: ['ResourceInUse', 'ResourceNotFound'],
  },
  ListWorkers: { input: structure({}), output: structure({ Workers: list(Worker) }, ['Workers']) },
  DisableWorker: { input: byEmail, output: oneWorker, errors: ['ResourceNotFound'] },
  EnableWorker: { input: byEmail, output: oneWorker, errors: ['ResourceNotFound'] },
  SetWorkerWorkteams: {
    input: structure({ Email, Workteams }, ['Email', 'Workteams']),
    output: oneWorker,
    errors: ['ResourceNotFound'],
  },
  CreateSignInLink: {
    input: structure({ Email, Purpose: oneOf('SignIn', 'SetPassword') }, ['Email', 'Purpose']),
    output: structure({ Url: string({ sensitive: true }), ExpirationTime: timestamp }, ['Url', 'ExpirationTime']),
    errors: ['ResourceNotFound'],
  },
});
