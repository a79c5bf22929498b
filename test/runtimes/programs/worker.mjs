// A server's worker: each request brings what the program is told, the answer is its result.
import { smoke } from './smoke.mjs';

export default {
  async fetch(request) {
    const { options, facts } = await request.json();
    return Response.json(await smoke(options, facts));
  },
};
