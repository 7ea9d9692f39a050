import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { timeLimit } from '../../nodes/shared/Api';
import type { NodeRun } from '../nodes/harness.mts';
import { startProxy, type Proxy } from '../nodes/proxy.mts';
import { fastClock } from '../nodes/world.mts';
import { failures, strikeAfter } from './failures.mts';
import { everythingIn, personMark, secretMark, wordsOf } from './marks.mts';

/** One operation with input that holds a marked person; its parameters point at the input by expressions only. */
export interface Case {
	name: string;
	parameters: INodeParameters;
	input: IDataObject;
}

export interface Bench {
	/** The server that the proxy stands before. */
	server: () => string;
	/** Puts the server's records back as they were. */
	restore: () => Promise<void>;
	/** Runs the node against `url`. */
	run: (url: string, one: Case, more: IDataObject) => Promise<NodeRun>;
}

/** Enough for a server in this process; only a call that is never answered waits for its end. */
const unanswered = { name: 'no answer', milliseconds: 15 };

async function throughFailures(bench: Bench, one: Case, spared: number, more: IDataObject) {
	let failed = 0;
	let isAsItWas = false;
	for (const [name, strike] of Object.entries(failures)) {
		if (!isAsItWas) await bench.restore();
		timeLimit.milliseconds = name === unanswered.name ? unanswered.milliseconds : 1_000;
		const proxy: Proxy = await startProxy(bench.server(), strikeAfter(spared, strike));
		const done = await bench.run(proxy.url, one, more).finally(async () => await proxy.close());
		isAsItWas = proxy.calls.every(({ method }) => method === 'GET');
		const words = everythingIn(wordsOf(done));
		expect({ name, leaks: everythingIn(done.run).includes(secretMark) }).toEqual({
			name,
			leaks: false,
		});
		const at = words.indexOf(personMark);
		const around = at === -1 ? undefined : words.slice(Math.max(0, at - 80), at + 50);
		expect({ name, around }).toEqual({ name, around: undefined });
		if (done.error !== undefined || done.json.some(({ error }) => error !== undefined)) failed++;
	}
	return failed;
}

/** Tests each operation under every failure: nothing that it says or leaves holds a secret, and no words hold a person. */
export function itTellsNothing(cases: readonly Case[], bench: Bench): void {
	let clock: ReturnType<typeof fastClock>;
	beforeEach(() => {
		clock = fastClock();
	});
	afterEach(() => clock.restore());

	it.each(cases)('$name, failing at once', async (one) => {
		// A write that looks first, or whose answer is not needed, may come to its end all the same
		expect(await throughFailures(bench, one, 0, {})).toBeGreaterThan(5);
	});

	it.each(cases)('$name, failing in the middle, and going on', async (one) => {
		await throughFailures(bench, one, 1, { onError: 'continueRegularOutput' });
	});
}
