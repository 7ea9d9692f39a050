import { entryAt } from '../../runtime/entries.mts';
import { resultIn } from './rows.mts';
import { throughProxy } from './world.mts';
import { sides, serviceOf, changeOn, saysNothingSecret, bothSides } from './bothSides.mts';

const { world, waits, list, applyTo, withCredentials } = bothSides();

describe.each(sides)('bad input on side %s', (side) => {
	test('a wrong key', async () => {
		const run = await withCredentials(
			{ apiKey: 'invalid', token: 'invalid' },
			async () => await list(side),
		);
		expect(run.error?.message).toMatch(
			new RegExp(`^${serviceOf[side]} does not accept the (API key|permanent token) \\(HTTP 401`),
		);
		expect(run.error?.context?.itemIndex).toBe(0);
		expect(waits()).toEqual([]);
		saysNothingSecret(run);
	});

	test('a key without permission', async () => {
		const run = await withCredentials(
			{ apiKey: 'forbidden', token: 'forbidden' },
			async () => await list(side),
		);
		expect(run.error?.message).toContain(`${serviceOf[side]} does not permit this (HTTP 403`);
		expect(run.error?.description).toMatch(/permission|scope/);
		expect(waits()).toEqual([]);
	});

	test('a 403 with an empty body stops Apply Changes, too, and marks nothing refused', async () => {
		const other = side === 'wix' ? world().wix : world().hub;
		await other.behave({ forbiddenEmpty: true });
		const run = await applyTo(side, [changeOn(side), changeOn(side)]);
		for (const told of [resultIn(run, 0), resultIn(run, 1)]) {
			expect(told.error).toContain('does not permit this (HTTP 403');
			expect(told.link).toBeUndefined();
		}
		expect((await other.requests()).total).toBe(1);
	});

	test('a wrong key under Continue On Fail makes error items, not results', async () => {
		const run = await withCredentials(
			{ apiKey: 'invalid', token: 'invalid' },
			async () =>
				await applyTo(side, [changeOn(side), changeOn(side)], { onError: 'continueRegularOutput' }),
		);
		expect(run.json.map((json) => Object.keys(json))).toEqual([['error'], ['error']]);
		expect((await (side === 'wix' ? world().wix : world().hub).requests()).total).toBe(1);
	});

	test('a web page', async () => {
		await (side === 'wix' ? world().wix : world().hub).behave({ htmlPage: true });
		const run = await list(side);
		expect(run.error?.message).toContain(
			`${serviceOf[side]} answered with a web page instead of data: check the URL or a proxy`,
		);
		saysNothingSecret(run);
	});

	test('a web page in the place of a 404 is no proof that a record is gone', async () => {
		const run = await throughProxy(
			world(),
			side,
			() => ({
				status: 404,
				body: '<html>nothing here</html>',
				headers: { 'content-type': 'text/html' },
			}),
			async () => await applyTo(side, [changeOn(side)]),
		);
		expect(run.json).toEqual([]);
		expect(resultIn(run).error).toContain('web page instead of data');
	});

	test.each(['', '{}', '[]'])(
		'a 404 whose body is not the service’s own (%j) is no proof either',
		async (body) => {
			const run = await throughProxy(
				world(),
				side,
				() => ({ status: 404, body }),
				async () => await applyTo(side, [changeOn(side)]),
			);
			expect(resultIn(run).outcome).toBe('failed');
			expect(resultIn(run).link).toBeUndefined();
		},
	);

	test('an answer that is cut off', async () => {
		const run = await throughProxy(
			world(),
			side,
			() => ({
				status: 200,
				body: '{"contacts": [{"id": "c1", "primaryInfo": {"email": "old@exam',
			}),
			async () => await list(side),
		);
		expect(run.error?.message).toContain(`The answer of ${serviceOf[side]} was cut off`);
		saysNothingSecret(run);
	});

	test('nobody there', async () => {
		const run = await withCredentials(
			{ baseUrl: 'http://127.0.0.1:9', url: 'http://127.0.0.1:9' },
			async () =>
				await applyTo(
					side,
					Array.from({ length: 50 }, () => changeOn(side)),
					{ onError: 'continueRegularOutput' },
				),
		);
		expect(run.json).toHaveLength(50);
		expect(entryAt(run.json, 49).error).toContain(`${serviceOf[side]} could not be reached`);
		// Fifty items do not wait fifty times for a server that is not there.
		expect(waits()).toEqual([2_000, 8_000]);
	});
});

test('a wrong site', async () => {
	const run = await withCredentials({ siteId: 'wrong-site' }, async () => await list('wix'));
	expect(run.error?.message).toMatch(/^Wix does not permit this \(HTTP 403, request id [\w.-]+\)$/);
	expect(run.error?.description).toContain('site ID');
});
