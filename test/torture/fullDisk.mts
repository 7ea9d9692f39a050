import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The process of n8n that has this user folder; its task runner, which writes nothing, has the same. */
function processOf(userFolder: string): string {
	const isIt = (pid: string) => {
		try {
			const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
			return readlinkSync(`/proc/${pid}/cwd`) === userFolder && command.at(-2) === 'start';
		} catch {
			// Gone already, or somebody else's
			return false;
		}
	};
	const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && isIt(name));
	if (pid === undefined) throw new Error('n8n is not running.');
	return pid;
}

/** Enough for n8n's log of some minutes; far less than its database takes. */
const LOG_ROOM = 64 * 1024;

/**
 * Leaves n8n no room for its data, as a full disk does: no file of this process can grow beyond what its log needs. The system's
 * own limit, which needs no rights and no disk of a certain size; Node ignores the signal that comes with it.
 * @returns what makes room again
 */
export async function fillDisk(userFolder: string): Promise<() => Promise<void>> {
	const pid = processOf(userFolder);
	const limit = async (bytes: number | 'unlimited') =>
		await promisify(execFile)('prlimit', ['--pid', pid, `--fsize=${bytes}:`]);
	await limit(statSync(join(userFolder, 'n8n.log')).size + LOG_ROOM);
	return async () => void (await limit('unlimited'));
}
