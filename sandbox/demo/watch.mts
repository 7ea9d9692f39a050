/**
 * `npm run watch`: a real n8n with the package in it, which takes over every change of nodes/ and credentials/ while it runs.
 * `--port N` (5678), `--package FILE` starts from a packed package instead of building one. Its data stays in `.n8n-user/watch`.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { SetupError } from '../../runtime/setupError.mts';
import { Cleanup, endOnSignals } from './cleanup.mts';
import { print } from './print.mts';
import { openSession } from './session.mts';

const userFolder = '.n8n-user/watch';
const installed = join(userFolder, '.n8n/nodes/node_modules/n8n-nodes-wix-user-sync');

const { values } = parseArgs({
	options: { port: { type: 'string', default: '5678' }, package: { type: 'string' } },
});
const cleanup = new Cleanup();
endOnSignals(cleanup, () => 0);

try {
	const { server } = await openSession(
		{
			keptIn: userFolder,
			port: Number(values.port),
			package: values.package,
			// n8n then loads a package anew when one of its files has changed
			more: { N8N_DEV_RELOAD: 'true' },
		},
		cleanup,
	);
	const { email, password } = server.owner;
	print(
		`\n${server.url}  ${email}  ${password}\nCtrl-C ends it. n8n's own words: ${server.logFile}\n`,
	);
	compileInto(resolve(installed, 'dist'));
} catch (error) {
	const known = error instanceof SetupError;
	process.stderr.write(`${known ? error.message : String((error as Error).stack)}\n`);
	await cleanup.run();
	process.exit(2);
}

/** Compiles into the installed package, now and after every change, and says what TypeScript says. Icons are not copied. */
function compileInto(outDir: string): void {
	const options = { outDir, declaration: false, preserveWatchOutput: true };
	ts.createWatchProgram(ts.createWatchCompilerHost('tsconfig.build.json', options, ts.sys));
}
