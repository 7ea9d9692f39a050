import { join } from 'node:path';
import { n8nEnvironment } from './environment.mts';
import type { Runtime } from './install.mts';
import { ownerOf } from './owner.mts';
import { freePort } from './ports.mts';
import { runProcess } from './processes.mts';

/**
 * Runs a command of n8n to its end on the data of `userFolder`, beside a server or without one, such as
 * `['import:workflow', '--separate', '--input=templates']`. @throws with the end of its log
 */
export async function runN8nCommand(
	runtime: Runtime,
	userFolder: string,
	command: string[],
): Promise<void> {
	const port = await freePort();
	const settings = { ...ownerOf(runtime, userFolder), port, brokerPort: await freePort() };
	await runProcess(runtime.node, [runtime.n8n, ...command], {
		cwd: userFolder,
		env: n8nEnvironment(settings),
		logFile: join(userFolder, 'commands.log'),
	});
}
