import { entryAt, valueNamed } from '../../runtime/entries.mts';
import { timeLimit } from '../../nodes/shared/Api';
import type { JsonObject } from '../../nodes/shared/contract/index';
import type { NodeRun } from './harness.mts';
import { outcomesOf, resultIn, rowFor, updateOf } from './rows.mts';
import { throughProxy } from './world.mts';
import { sides, recordId, changeOn, bothSides } from './bothSides.mts';

const { world, waits, list, applyTo } = bothSides();

describe.each(sides)('back-off on side %s', (side) => {
	test('429 is waited out as long as the service asks', async () => {
		const run = await throughProxy(
			world(),
			side,
			({ nth }) => (nth === 0 ? { status: 429, headers: { 'retry-after': '17' } } : undefined),
			async () => await list(side),
		);
		expect(run.error).toBeUndefined();
		expect(waits()).toEqual([17_000]);
	});

	test('Retry-After may be a date', async () => {
		const until = new Date(Date.parse('2026-11-23T10:00:00Z') + 45_000).toUTCString();
		await throughProxy(
			world(),
			side,
			({ nth }) => (nth === 0 ? { status: 503, headers: { 'retry-after': until } } : undefined),
			async () => await list(side),
		);
		expect(waits()).toEqual([45_000]);
	});

	test('without it 2, 8, 30, 60 s, then the node gives up', async () => {
		const run = await throughProxy(
			world(),
			side,
			() => ({ status: 503 }),
			async () => await list(side),
		);
		expect(run.error?.message).toContain('could not process the request (HTTP 503)');
		expect(waits()).toEqual([2_000, 8_000, 30_000, 60_000]);
	});

	test('a wait of hours is not sat out', async () => {
		const run = await throughProxy(
			world(),
			side,
			() => ({ status: 429, headers: { 'retry-after': '7200' } }),
			async () => await list(side),
		);
		expect(run.error?.message).toContain('too many requests');
		expect(waits()).toEqual([]);
	});

	test('an answer that does not come ends by the time limit and is asked for again', async () => {
		timeLimit.milliseconds = 150;
		const hanging: Array<() => void> = [];
		const run = await throughProxy(
			world(),
			side,
			async ({ nth }) => {
				if (nth === 0) await new Promise<void>((resolve) => hanging.push(resolve));
			},
			async () => {
				const done = await list(side);
				hanging.forEach((release) => release());
				return done;
			},
		);
		expect(run.error).toBeUndefined();
		expect(run.json.length).toBeGreaterThan(0);
		expect(waits()).toEqual([2_000]);
	});

	test('when the service stays away half way, the rest is told as failed at once', async () => {
		let calls = 0;
		const run = await throughProxy(
			world(),
			side,
			() => (calls++ === 0 ? undefined : { status: 500 }),
			async () =>
				await applyTo(side, [
					changeOn(side, 'new@example.com', 'old@example.com'),
					...Array.from({ length: 20 }, () => changeOn(side)),
				]),
		);
		expect(run.error).toBeUndefined();
		expect(outcomesOf(run)).toEqual(['already', ...Array.from({ length: 20 }, () => 'failed')]);
		expect(waits()).toHaveLength(3 * 4);
		expect(resultIn(run, 20).message).toContain(recordId[side]);
	});
});

describe.each(sides)('under faults on side %s', (side) => {
	const kinds = ['429', '500', '503', 'resetBefore', 'resetAfter', 'html', 'truncated', 'conflict'];

	test.each([1, 2, 3])('every change ends, nothing is doubled or lost (seed %i)', async (seed) => {
		const control = side === 'wix' ? world().wix : world().hub;
		const ids = Array.from({ length: 12 }, (_, index) => `r${index}`);
		const contacts = ids.map((id) => ({ id, primaryInfo: { email: `${id}@example.com` } }));
		const users = ids.map((id) => ({
			id,
			login: id,
			profile: { email: { type: 'EmailJSON', verified: true, email: `${id}@example.com` } },
		}));
		await control.put(side === 'wix' ? { contacts, members: [] } : { users });
		const path = side === 'wix' ? 'primaryInfo.email' : 'profile.email.email';
		const changes = [
			...ids.map((id) => updateOf(side, id, `${id}@example.com`, `${id}@example.org`)),
			...ids.map((id) =>
				rowFor(side, {
					operation: 'create',
					set: { [path]: `new-${id}@example.net` },
					defaults:
						side === 'wix'
							? { 'info.name.first': id }
							: { name: id, login: `new-${id}@example.net` },
				}),
			),
		];
		await control.faults({ rate: 0.3, kinds, seed });
		const runs: NodeRun[] = [];
		for (let round = 0; round < 2; round++) runs.push(await applyTo(side, changes));
		await control.faults({ rate: 0 });
		for (let round = 0; round < 2; round++) runs.push(await applyTo(side, changes));

		const state = await control.state();
		const records = valueNamed(state, side === 'wix' ? 'contacts' : 'users');
		const addressOf = (record: JsonObject) =>
			side === 'wix'
				? (record.primaryInfo as JsonObject)?.email
				: ((record.profile as JsonObject)?.email as JsonObject)?.email;
		const held = records
			.map(addressOf)
			.filter((address) => address !== undefined)
			.sort();
		const wanted = [
			...ids.map((id) => `${id}@example.org`),
			...ids.map((id) => `new-${id}@example.net`),
		].sort();
		expect(held).toEqual(wanted);
		expect(outcomesOf(entryAt(runs, -1))).toEqual([
			...ids.map(() => 'already'),
			...ids.map(() => 'exists'),
		]);
		expect(JSON.stringify(records)).not.toContain('"verified":true');
	});
});
