/** Names by which programs that go with a server know what is the server's own; AWS has nothing like them. */

/** A header of `/healthz`: by it a command tells the server of a data directory from another one that has taken its port. */
export const instanceHeader = 'holdpoint-instance';

/** Where objects lie for a moment that try whether a bucket works. No event tells of them. */
export const probeFolder = '.holdpoint-check/';
