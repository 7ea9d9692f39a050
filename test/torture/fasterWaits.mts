/**
 * Loaded by n8n's own Node before n8n itself (`--import`): the package's clock runs faster, so that minutes of back-off are sat out in
 * seconds, and a request that gets no answer is given up after seconds. What is waited for, and how often it is tried, stays the same.
 * Leases go by the real time, as n8n's own steps do.
 */
import * as modules from 'node:module';

interface Loaded {
	format?: string;
	source?: string | Buffer;
}
type Load = (
	url: string,
	context: unknown,
	next: (url: string, context: unknown) => Loaded,
) => Loaded;

/** The types of this project's Node do not know it yet; n8n's Node has it. */
const { registerHooks } = modules as unknown as {
	registerHooks: (hooks: { load: Load }) => void;
};

const TIMES = 50;
const TIME_LIMIT_MS = 2_000;

/** By file of the built package: what is added to its end. */
const ADDED: Readonly<Record<string, string>> = {
	'/dist/nodes/shared/clock.js': `
const { sleep, now } = exports.clock;
let ahead = 0;
exports.clock.now = () => now() + ahead;
exports.clock.isBefore = (deadline) => now() < deadline;
exports.clock.sleep = async (milliseconds) => {
	await sleep(milliseconds / ${TIMES});
	ahead += milliseconds - milliseconds / ${TIMES};
};`,
	'/dist/nodes/shared/Api.js': `
exports.timeLimit.milliseconds = ${TIME_LIMIT_MS};`,
};

registerHooks({
	load: (url, context, next) => {
		const loaded = next(url, context);
		const file = Object.keys(ADDED).find(
			(end) => url.endsWith(end) && url.includes('n8n-nodes-wix-user-sync'),
		);
		if (file === undefined) return loaded;
		return { ...loaded, source: `${String(loaded.source)}\n${ADDED[file]}` };
	},
});
