-- oldest program: 2
-- Who runs the server, in the console. An older program that still runs beside knows no operators and makes none.
ALTER TABLE workers ADD COLUMN role TEXT COLLATE "C" NOT NULL DEFAULT 'worker';
