/** What every connection sets: log ahead, wait for the disk at each commit, be patient with each other. */
export const connectionPragmas =
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;';
