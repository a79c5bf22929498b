// A page's worker: a message brings what the program is told, the answer is its result.
import { smoke } from './smoke.mjs';

self.onmessage = ({ data: { options, facts } }) =>
  smoke(options, facts).then(
    (seen) => self.postMessage({ seen }),
    (error) => self.postMessage({ error: String(error.stack) }),
  );
