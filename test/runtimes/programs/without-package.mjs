// Credentials that only AWS's own package could get, which is not installed here: prints what the client says.
import { createA2IRuntimeClient } from '@holdpoint/client';

const client = createA2IRuntimeClient({ region: 'us-east-1', endpointUrl: 'http://127.0.0.1:1' });
await client.describeHumanLoop({ HumanLoopName: 'a' }).catch(({ name, message }) => console.log(`${name}: ${message}`));
