-- Who runs the server, in the console.
ALTER TABLE workers ADD COLUMN role TEXT NOT NULL DEFAULT 'worker';
