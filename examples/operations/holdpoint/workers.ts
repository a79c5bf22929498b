// Workers, one operation after the other. Workers cannot be deleted, since answers name them: this one ends disabled.
import { createHoldpointClient, ResourceInUse } from '@holdpoint/client';

const holdpoint = createHoldpointClient();

// #region CreateWorker
try {
  const { Worker, SetPasswordUrl } = await holdpoint.createWorker({
    Email: 'reviewer@example.com',
    Name: 'Robin Reviewer',
    Workteams: ['reviewers'],
  });
  console.log(`${Worker.Name} sets a password at ${SetPasswordUrl}`);
} catch (error) {
  if (!(error instanceof ResourceInUse)) throw error;
  console.log(error.message);
}
// #endregion CreateWorker

// #region DisableWorker
const { Worker: disabled } = await holdpoint.disableWorker({ Email: 'reviewer@example.com' });
console.log(`${disabled.Name} is ${disabled.Status}`);
// #endregion DisableWorker

// #region EnableWorker
const { Worker: enabled } = await holdpoint.enableWorker({ Email: 'reviewer@example.com' });
console.log(`${enabled.Name} is ${enabled.Status}`);
// #endregion EnableWorker

// #region CreateSignInLink
const { Url, ExpirationTime } = await holdpoint.createSignInLink({ Email: 'reviewer@example.com', Purpose: 'SignIn' });
console.log(`${Url} signs in once, until ${ExpirationTime.toLocaleTimeString()}`);
// #endregion CreateSignInLink

// #region ResetWorker
const { SetPasswordUrl: newPasswordUrl } = await holdpoint.resetWorker({ Email: 'reviewer@example.com' });
console.log(`${newPasswordUrl} sets a new password, once`);
// #endregion ResetWorker

// #region SetWorkerWorkteams
const { Worker } = await holdpoint.setWorkerWorkteams({ Email: 'reviewer@example.com', Workteams: [] });
console.log(`${Worker.Name} is in ${Worker.Workteams.length} workteams`);
// #endregion SetWorkerWorkteams

// #region SetWorkerRole
const { Worker: operator } = await holdpoint.setWorkerRole({ Email: 'reviewer@example.com', Role: 'Operator' });
console.log(`${operator.Name} runs the server from now on`);
// #endregion SetWorkerRole

// #region ListWorkerSignIns
const { SignIns } = await holdpoint.listWorkerSignIns({ Email: 'reviewer@example.com' });
console.log(`${operator.Name} is signed in at ${SignIns.length} places`);
// #endregion ListWorkerSignIns

// #region EndWorkerSignIns
const { Ended } = await holdpoint.endWorkerSignIns({ Email: 'reviewer@example.com' });
console.log(`${Ended} sign-ins were ended`);
// #endregion EndWorkerSignIns

// #region ListWorkers
const { Workers } = await holdpoint.listWorkers();
for (const { Name, Email, Status } of Workers) console.log(`${Name} <${Email}> is ${Status}`);
// #endregion ListWorkers

await holdpoint.disableWorker({ Email: 'reviewer@example.com' });
