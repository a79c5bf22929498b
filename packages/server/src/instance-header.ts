/** A header of `/healthz`: by it a command tells the server of a data directory from another one that has taken its port. */
export const instanceHeader = 'holdpoint-instance';
