import { clock } from '../../nodes/shared/clock';
import { applyWorld, user } from './applyChangesWorld.mts';
import { oktaId, oktaUser, oktaWorld, profileOf } from './oktaRun.mts';
import { outcomesOf, resultIn, updateOf } from './rows.mts';

/** Does `work` during the first wait. */
function duringTheWait(work: () => Promise<unknown>): void {
	const { sleep } = clock;
	clock.sleep = async (milliseconds) => {
		clock.sleep = sleep;
		await sleep(milliseconds);
		await work();
	};
}

describe('a write that YouTrack puts off', () => {
	const { world, apply, put, stored, writes, update, createOf, waits, other } = applyWorld('users');
	const path = '/hub/api/rest/users';
	const putOff = async (method: string, below = '') =>
		await world().hub.answer({
			method,
			path: path + below,
			status: 429,
			headers: { 'retry-after': '200' },
		});

	test('is sent after the wait where nothing happened meanwhile', async () => {
		await put([user('u1', 'old@example.com')]);
		await putOff('POST', '/u1');
		const run = await apply([update('u1', 'old@example.com', 'new@example.com')]);
		expect(outcomesOf(run)).toEqual(['applied']);
		expect(waits()).toEqual([200_000]);
		expect(await writes()).toBe(2);
	});

	test('never overwrites what a person enters during the wait', async () => {
		await put([user('u1', 'old@example.com')]);
		await putOff('POST', '/u1');
		duringTheWait(() => world().hub.edit('u1', 'profile.email.email', 'person@example.com'));
		const run = await apply([update('u1', 'old@example.com', 'new@example.com')]);
		expect(outcomesOf(run)).toEqual(['stale']);
		expect(await stored('u1')).toMatchObject({
			profile: { email: { email: 'person@example.com' } },
		});
	});

	test('creates nobody whom a person has created during the wait', async () => {
		await putOff('POST');
		duringTheWait(() => put([user('u9', 'new@example.com')]));
		expect(outcomesOf(await apply([createOf('new@example.com')]))).toEqual(['exists']);
	});

	test('deactivates nobody who got another address during the wait', async () => {
		await put([user('u1', 'old@example.com')]);
		await putOff('POST', '/u1');
		duringTheWait(() => world().hub.edit('u1', 'profile.email.email', 'person@example.com'));
		const change = other('deactivate', 'u1', { 'profile.email.email': 'old@example.com' });
		expect(outcomesOf(await apply([change]))).toEqual(['stale']);
		expect(await stored('u1')).toMatchObject({ banned: false });
	});
});

describe('a write for which Okta has nothing left', () => {
	const { world, run, put, stored, answer } = oktaWorld();

	test('looks again after the pause that the answer before it asked for', async () => {
		const record = oktaUser('ada', 'old@example.com');
		await put([record]);
		const reset = String(clock.now() / 1000 + 40);
		await answer({
			method: 'GET',
			status: 200,
			body: record,
			headers: {
				'x-rate-limit-limit': '600',
				'x-rate-limit-remaining': '0',
				'x-rate-limit-reset': reset,
			},
		});
		duringTheWait(() => world().okta.edit(oktaId('ada'), 'profile.email', 'person@example.com'));
		const change = updateOf('users', oktaId('ada'), 'old@example.com', 'new@example.com');
		expect(resultIn(await run('applyChanges', {}, [change])).outcome).toBe('stale');
		expect(profileOf(await stored('ada'))).toMatchObject({ email: 'person@example.com' });
	});
});
