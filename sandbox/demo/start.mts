/** `npm start`: the sync on a real n8n, against the sandbox or a person's own accounts. `npm start -- --help` lists the options. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../../runtime/setupError.mts';
import { realAccounts, type Accounts } from './accounts.mts';
import { Cleanup, endOnSignals } from './cleanup.mts';
import { parseOptions, usage, type DemoOptions } from './options.mts';
import { print } from './print.mts';
import { confirmWrite, realRun } from './realRun.mts';
import { sandboxDay } from './sandboxDay.mts';
import { openSession, type Session } from './session.mts';
import { systems } from './system.mts';

const EXIT = { inSync: 0, notInSync: 1, notSetUp: 2, interrupted: 130 };

const cleanup = new Cleanup();
let exitCode = EXIT.interrupted;
endOnSignals(cleanup, () => exitCode);

try {
	const options = parseOptions(process.argv.slice(2));
	if (options === 'help') print(usage);
	else await run(options);
	if (options === 'help') exitCode = EXIT.inSync;
} catch (error) {
	if (!cleanup.begun) tell(error);
}
await cleanup.run();
process.exit(exitCode);

function tell(error: unknown): void {
	exitCode = EXIT.notSetUp;
	const known = error instanceof SetupError;
	process.stderr.write(`\n${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
}

async function run(options: DemoOptions): Promise<void> {
	const accounts = realAccounts(options.system);
	if (options.write && !accounts) {
		throw new SetupError('--write is for real accounts: name them first (see .env.example).');
	}
	if (options.write && !(await confirmWrite())) {
		throw new SetupError('Not confirmed: nothing was started.');
	}
	const startedAt = Date.now();
	// What was linked and announced on real accounts must still be known next time.
	const keep = options.keep || options.write;
	const keptIn = keep ? join(options.folder, keptName(options, accounts)) : undefined;
	const session = await openSession({ ...options, keptIn }, cleanup);
	const { once, write, flow } = options;
	const result = accounts
		? await realRun(accounts, session, { write, stays: !once, flow })
		: await sandboxDay(options, session, cleanup);
	exitCode = result.ok ? EXIT.inSync : EXIT.notInSync;
	const seconds = Math.round((Date.now() - startedAt) / 1000);
	if (options.json) {
		const { people, seed, system } = options;
		const given = { system: system.name, ...(accounts ? {} : { people, seed }) };
		const content = { exitCode, seconds, ...given, ...result };
		writeFileSync(options.json, `${JSON.stringify(content, null, '\t')}\n`);
	}
	if (!once) await stayOpen(session);
}

/** The links of one system say nothing about the users of another. */
function keptName({ system }: DemoOptions, accounts: Accounts | undefined): string {
	const name = accounts ? 'accounts' : 'sandbox';
	return system === systems.youTrack ? name : `${name}-${system.name}`;
}

async function stayOpen({ server }: Session): Promise<never> {
	print(`\nThe editor: ${server.url}`);
	print(`  email    ${server.owner.email}`);
	print(`  password  ${server.owner.password}`);
	print('Ctrl-C ends it.');
	return await new Promise<never>(() => setInterval(() => undefined, 60_000));
}
