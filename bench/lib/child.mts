import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs a module in a Node of its own, so that no garbage and no optimised code of another size is left in it.
 * @param flags Node's own, such as the heap's limit
 * @returns the lines that it printed
 * @throws Error when it ends with another code than 0
 */
export function inChild(
	module: URL,
	args: readonly string[],
	flags: readonly string[],
): Promise<string[]> {
	const command = [...flags, '--import', 'tsx', fileURLToPath(module), ...args];
	const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
	let text = '';
	child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => {
			if (code === 0) resolve(text.trim().split('\n'));
			else reject(new Error(`${fileURLToPath(module)} ended with ${signal ?? code}`));
		});
	});
}
