import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureRuntime } from './install.mts';
import { createProgress } from './progress.mts';

/** Arguments: the file, what is done, for how many milliseconds it is held. By n8n's own SQLite, which fits n8n's own Node only. */
const PROGRAM = `
const [file, sql, held] = process.argv.slice(1);
const { Database } = require('sqlite3');
const fail = (error) => { if (error) { console.error(error.message); process.exit(1); } };
const database = new Database(file, fail);
const rows = sql.startsWith('SELECT');
database.serialize(() => {
	database.run('PRAGMA busy_timeout = 20000', fail);
	if (rows) return database.all(sql, (error, all) => { fail(error); console.log(JSON.stringify(all)); });
	database.run(sql, (error) => {
		fail(error);
		if (held > 0) setTimeout(() => database.run('COMMIT', fail), held);
	});
});`;

/** Another program in the database of the n8n with this user folder. @returns the rows of a SELECT; none otherwise */
export async function inDatabase(
	userFolder: string,
	sql: string,
	heldForMs = 0,
): Promise<Array<Record<string, unknown>>> {
	const { node, folder } = await ensureRuntime(createProgress());
	const file = join(userFolder, '.n8n', 'database.sqlite');
	const { stdout } = await promisify(execFile)(
		node,
		['-e', PROGRAM, '--', file, sql, String(heldForMs)],
		{ cwd: folder },
	);
	return stdout === '' ? [] : (JSON.parse(stdout) as Array<Record<string, unknown>>);
}
