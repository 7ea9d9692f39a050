import { idOf, listAt, startWorld, type World } from './harness.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
	await world.wixControl('POST', '/reset', {});
	await world.hubControl('POST', '/reset', {});
});

const faults = (kinds: string[], rate = 1, seed = 1) =>
	world.wixControl('POST', '/faults', { rate, kinds, seed });
const create = () => world.contacts('POST', '', { info: { name: { first: 'Ada' } } });
const count = async () => listAt(await world.wixControl('GET', '/state'), 'contacts').length;

describe('kinds', () => {
	it.each(['429', '500', '503'])('%s: an error, and nothing done', async (kind) => {
		await faults([kind]);
		const reply = await create();
		expect(reply.status).toBe(Number(kind));
		expect(typeof reply.body.message).toBe('string');
		expect(reply.headers.get('retry-after')).toBe(kind === '429' ? '1' : null);
		expect(await count()).toBe(0);
	});

	it('html: a web page, and nothing done', async () => {
		await faults(['html']);
		const reply = await create();
		expect([reply.status, reply.text.startsWith('<!DOCTYPE html>')]).toEqual([200, true]);
		expect(await count()).toBe(0);
	});

	it('resetBefore: the connection breaks, and nothing is done', async () => {
		await faults(['resetBefore']);
		await expect(create()).rejects.toThrow('fetch failed');
		expect(await count()).toBe(0);
	});

	it('resetAfter: the connection breaks when the work is done', async () => {
		await faults(['resetAfter']);
		await expect(create()).rejects.toThrow('fetch failed');
		expect(await count()).toBe(1);
	});

	it('truncated: half an answer when the work is done', async () => {
		await faults(['truncated']);
		const reply = await create();
		expect(reply.status).toBe(200);
		expect(reply.text).toMatch(/^\{"contact":\{"id":/);
		expect(() => JSON.parse(reply.text)).toThrow(SyntaxError);
		expect(await count()).toBe(1);
	});

	it('timeout: no answer, until the caller gives up or the server ends', async () => {
		const other = await startWorld();
		await other.hubControl('POST', '/faults', { rate: 1, kinds: ['timeout'] });
		const held = other.users('GET', '').then(
			() => 'answered',
			() => 'ended',
		);
		// A control call is answered meanwhile: the held one is really waiting and counted.
		let total: unknown = 0;
		while (total !== 1) total = (await other.hubControl('GET', '/requests')).body.total;
		await other.close();
		expect(await held).toBe('ended');
	});

	it('conflict: somebody changes the contact right before an update does', async () => {
		const id = idOf(await create());
		await faults(['conflict']);
		expect((await create()).status).toBe(200);
		const reply = await world.contacts('PATCH', `/${id}`, { revision: 1, info: { company: 'X' } });
		expect([reply.status, reply.code]).toEqual([409, 'CONTACT_ALREADY_CHANGED']);
		const after = await world.contacts('GET', `/${id}`);
		expect([after.at('contact.revision'), after.at('contact.info.company')]).toEqual([
			2,
			undefined,
		]);
	});
});

describe('chance', () => {
	const pattern = async (seed: number) => {
		await world.wixControl('POST', '/faults', { rate: 0.5, kinds: ['500', '503'], seed });
		const statuses: number[] = [];
		for (let call = 0; call < 24; call++) statuses.push((await world.contacts('GET', '')).status);
		return statuses;
	};

	it('falls the same way for the same seed, otherwise for another', async () => {
		const first = await pattern(7);
		expect(new Set(first)).toEqual(new Set([200, 500, 503]));
		expect(await pattern(7)).toEqual(first);
		expect(await pattern(8)).not.toEqual(first);
	});

	it('never falls at rate 0, nor on control calls', async () => {
		await faults(['500'], 0);
		expect((await create()).status).toBe(200);
		await faults(['500']);
		expect((await world.wixControl('GET', '/state')).status).toBe(200);
		expect((await world.contacts('GET', '')).status).toBe(500);
	});

	it('gives YouTrack errors their own shape', async () => {
		await world.hubControl('POST', '/faults', { rate: 1, kinds: ['503'] });
		const reply = await world.users('GET', '');
		expect(Object.keys(reply.body as JsonObject)).toEqual(['error', 'error_description']);
	});
});
