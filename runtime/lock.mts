import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Holds `folder` (made here, atomically) while `work` runs, so that two installs do not write to one place.
 * A lock whose process is gone is taken over.
 */
export async function withLock<T>(
	folder: string,
	onWait: () => void,
	work: () => Promise<T>,
): Promise<T> {
	while (!take(folder)) {
		if (isAbandoned(folder)) {
			rmSync(folder, { recursive: true, force: true });
			continue;
		}
		onWait();
		await wait(1000);
	}
	const release = () => rmSync(folder, { recursive: true, force: true });
	process.once('exit', release);
	try {
		return await work();
	} finally {
		process.removeListener('exit', release);
		release();
	}
}

function take(folder: string): boolean {
	try {
		mkdirSync(folder);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
	writeFileSync(join(folder, 'owner'), `${process.pid} ${hostname()}`);
	return true;
}

function isAbandoned(folder: string): boolean {
	try {
		const [pid, host] = readFileSync(join(folder, 'owner'), 'utf8').split(' ');
		if (host !== hostname()) return false;
		process.kill(Number(pid), 0);
		return false;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH';
	}
}
