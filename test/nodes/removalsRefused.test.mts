import type { JsonObject } from '../../nodes/shared/contract/index';
import { createFor, otherFor } from './applyChangesWorld.mts';
import type { Fate, Passing } from './proxy.mts';
import { person, scimWorld } from './scimWorld.mts';
import { outcomesOf, resultIn, toErrorOutput, updateOf } from './rows.mts';

const { run, put, stored, through, waits } = scimWorld();
beforeEach(async () => await put([person('u1', 'a@x.se')]));

const error = (status: number, more: JsonObject = {}, headers = {}): Fate => ({
	status,
	headers,
	body: JSON.stringify({
		schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
		status: String(status),
		...more,
	}),
});
const look = otherFor('users', 'verify', 'u1');
const removal = otherFor('users', 'delete', 'u1');

/** The outcome of `change` after a look that went well, with how often `method` was sent. */
async function applied(
	change: typeof removal,
	method: string,
	fate: (call: Passing) => Fate,
): Promise<[outcome: string, sent: number, message: string | undefined]> {
	return await through(
		(call) => (call.method === method ? fate(call) : undefined),
		async (proxy) => {
			const done = await run('applyChanges', {}, [look, change], toErrorOutput);
			const { outcome, message } = resultIn(done, 1);
			return [outcome, proxy.calls.filter((call) => call.method === method).length, message];
		},
	);
}

describe('a removal', () => {
	test.each<[what: string, fate: Fate, sent: number, message: RegExp]>([
		['whose answers are all lost', error(503), 4, /could not process the request/],
		['of a user who is said to be gone and is shown', error(404), 4, /nothing at this place/],
		['that is refused in some other way', error(418), 1, /refused the request/],
		['that is put off for long', error(429, {}, { 'retry-after': '900' }), 1, /too many requests/],
	])('%s fails, and the user stays', async (_what, fate, sent, message) => {
		expect(await applied(removal, 'DELETE', () => fate)).toEqual([
			'failed',
			sent,
			expect.stringMatching(message),
		]);
		expect(await stored('u1')).toBeDefined();
	});

	test('of a user who cannot be read fails', async () => {
		let reads = 0;
		const [outcome, , message] = await applied(removal, 'GET', ({ url }) =>
			url.endsWith('/Users/u1') && ++reads > 1 ? error(403) : undefined,
		);
		expect([outcome, message]).toEqual([
			'failed',
			expect.stringContaining('SCIM 2.0 does not permit this'),
		]);
	});
});

test('an update that is put off for long fails after one try', async () => {
	const change = updateOf('users', 'u1', 'a@x.se', 'b@x.se');
	const [outcome, sent] = await applied(change, 'PATCH', () =>
		error(429, {}, { 'retry-after': '900' }),
	);
	expect([outcome, sent]).toEqual(['failed', 1]);
});

describe('the wait that a server asks for', () => {
	test.each([
		['in seconds', '7', 7_000],
		['as a date', 'Mon, 23 Nov 2026 10:00:09 GMT', 9_000],
		['in words', 'soon', 2_000],
	])('%s', async (_what, header, wait) => {
		const change = updateOf('users', 'u1', 'a@x.se', 'b@x.se');
		const [outcome, sent] = await applied(change, 'PATCH', ({ nth }) =>
			nth === 0 ? error(429, {}, { 'retry-after': header }) : undefined,
		);
		expect([outcome, sent]).toEqual(['applied', 2]);
		expect(waits()).toEqual([wait]);
	});
});

test('a create of a taken address whose holders cannot be looked up is reviewed without them', async () => {
	let isSent = false;
	const done = await through(
		({ method, url }) => {
			if (method === 'POST') isSent = true;
			if (method === 'POST') return error(409, { scimType: 'uniqueness' });
			return isSent && url.includes('/Users?') ? error(403) : undefined;
		},
		async () => await run('applyChanges', {}, [createFor('users', 'new@x.se')]),
	);
	expect(outcomesOf(done)).toEqual(['refusedForNow']);
	expect(resultIn(done).others).toEqual([]);
});
