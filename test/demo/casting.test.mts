import type { JsonObject } from '../../nodes/shared/contract/index';
import { cast } from '../../sandbox/demo/casting.mts';
import { makeEdits } from '../../sandbox/demo/edits.mts';
import type { Step } from '../../sandbox/demo/scenario.mts';
import { systems } from '../../sandbox/demo/system.mts';
import type { Servers, World } from '../../sandbox/demo/world.mts';
import { linkRow } from './rows.mts';

interface Someone {
	id: string;
	emails: string[];
	user?: string;
	member?: boolean;
}

function contact({ id, emails, member }: Someone): JsonObject {
	const items = emails.map((email, index) => ({ email, primary: index === 0 }));
	const extended: JsonObject = member ? { 'members.membershipStatus': 'APPROVED' } : {};
	return {
		id,
		primaryInfo: { email: emails[0] ?? null },
		info: { emails: { items }, extendedFields: { items: extended } },
	};
}

const memberRecord = ({ id, emails }: Someone): JsonObject => ({
	id,
	loginEmail: emails[0] ?? null,
	contact: { emails },
});

function worldOf(people: Someone[], recordOf = contact): World {
	const linked = people.map((one) => ({ one, userId: `u-${one.id}` }));
	return {
		wix: new Map(people.map((one) => [one.id, recordOf(one)])),
		users: new Map(
			linked.map(({ one, userId }) => [
				userId,
				{ id: userId, profile: { email: { email: one.user ?? one.emails[0] ?? '' } } },
			]),
		),
		links: linked.map(({ one, userId }) => linkRow({ wixId: one.id, userId })),
		review: [],
		system: systems.youTrack,
	};
}

const plain = (id: string): Someone => ({ id, emails: [`${id}@example.com`] });
const step = (people: Step['people'], edits: Step['edits'] = []): Step => ({
	title: 'a step',
	people,
	edits,
});

describe('casting', () => {
	it('takes plain pairs in the order of the links, nobody twice in a day', () => {
		const world = worldOf([plain('a'), plain('b'), plain('c')]);
		const used = new Set<string>();
		const first = cast(step({ x: { pick: 'linkedPair' } }), world, used);
		const second = cast(step({ x: { pick: 'linkedPair', n: 1 } }), world, used);
		expect([first, second].map((found) => found.get('x')?.wix.id)).toEqual(['a', 'c']);
	});

	it('knows members, and contacts whose second address nobody else has', () => {
		const world = worldOf([
			{ id: 'held', emails: ['held@example.com', 'p@example.com'] },
			plain('p'),
			{ id: 'free', emails: ['free@example.com', 'other@example.com'] },
			{ id: 'm', emails: ['m@example.com'], member: true },
		]);
		const people = { s: { pick: 'secondAddress' }, m: { pick: 'member' } } as const;
		const found = cast(step(people), world, new Set());
		expect(found.get('s')?.wix.id).toBe('free');
		expect(found.get('m')?.wix.id).toBe('m');
	});

	it('takes no member and nobody with several addresses for a plain pair', () => {
		const world = worldOf([
			{ id: 'm', emails: ['m@example.com'], member: true },
			{ id: 'two', emails: ['two@example.com', 'other@example.com'] },
			plain('a'),
		]);
		const found = cast(step({ x: { pick: 'linkedPair' } }), world, new Set());
		expect(found.get('x')?.wix.id).toBe('a');
	});

	it('takes members for what they are in a world of members', () => {
		const world = worldOf(
			[plain('a'), plain('b'), { id: 'two', emails: ['two@example.com', 'other@example.com'] }],
			memberRecord,
		);
		const people = { s: { pick: 'secondAddress' }, m: { pick: 'member' } } as const;
		const found = cast(step({ ...people, x: { pick: 'linkedPair' } }), world, new Set());
		expect(['s', 'm', 'x'].map((name) => found.get(name)?.wix.id)).toEqual(['two', 'a', 'b']);
	});

	it('finds those whose sides differ, even when they played a part before', () => {
		const world = worldOf([plain('a'), { ...plain('b'), user: 'else@example.com' }]);
		const people = { x: { pick: 'apart' }, y: { pick: 'apart', optional: true } } as const;
		const found = cast(step(people), world, new Set(['b']));
		expect(found.get('x')?.wix.id).toBe('b');
		expect(found.has('y')).toBe(false);
	});

	it('leaves pairs alone that are not the same', () => {
		const world = worldOf([{ ...plain('a'), user: 'else@example.com' }, plain('b')]);
		const found = cast(step({ x: { pick: 'linkedPair' } }), world, new Set());
		expect(found.get('x')?.wix.id).toBe('b');
	});

	it('says which part nobody can play, unless the part is optional', () => {
		const world = worldOf([plain('a')]);
		expect(() => cast(step({ x: { pick: 'member' } }), world, new Set())).toThrow('part "x"');
		const optional = step({ x: { pick: 'member', optional: true } });
		expect(cast(optional, world, new Set()).size).toBe(0);
	});
});

describe('edits', () => {
	function recorder() {
		const calls: unknown[][] = [];
		const server = (name: string) => ({
			edit: async (...values: unknown[]) => void calls.push([name, 'edit', ...values]),
			remove: async (...values: unknown[]) => void calls.push([name, 'remove', ...values]),
			merge: async (...values: unknown[]) => void calls.push([name, 'merge', ...values]),
		});
		const servers = { wix: server('wix'), users: server('users') } as unknown as Servers;
		return { calls, servers };
	}

	it('swap two addresses: values are those from before the first edit', async () => {
		const world = worldOf([plain('a'), plain('b')]);
		const swap = step({ x: { pick: 'linkedPair' }, y: { pick: 'linkedPair' } }, [
			{ server: 'users', person: 'x', path: 'p', value: { addressOf: 'y', server: 'users' } },
			{ server: 'users', person: 'y', path: 'p', value: { addressOf: 'x', server: 'users' } },
		]);
		const { calls, servers } = recorder();
		expect(await makeEdits(swap, cast(swap, world, new Set()), world, servers)).toBe(2);
		expect(calls).toEqual([
			['users', 'edit', 'u-a', 'p', 'b@example.com'],
			['users', 'edit', 'u-b', 'p', 'a@example.com'],
		]);
	});

	it("take the contact's first or second address over to the user", async () => {
		const world = worldOf([{ id: 'a', emails: ['a@example.com', 'second@example.com'] }]);
		const take = step({ x: { pick: 'secondAddress' } }, [
			{ server: 'users', person: 'x', path: 'p', value: { addressOf: 'x', which: 'second' } },
			{ server: 'users', person: 'x', path: 'p', value: { addressOf: 'x', server: 'wix' } },
		]);
		const { calls, servers } = recorder();
		await makeEdits(take, cast(take, world, new Set()), world, servers);
		expect(calls.map((call) => call.at(-1))).toEqual(['second@example.com', 'a@example.com']);
	});

	it('take over an address of the side that is named', async () => {
		const world = worldOf([{ ...plain('a'), user: 'users@example.com' }]);
		const take = step({ x: { pick: 'apart' } }, [
			{ server: 'wix', person: 'x', path: 'p', value: { addressOf: 'x', server: 'users' } },
			{ server: 'users', person: 'x', path: 'p', value: { addressOf: 'x', server: 'wix' } },
		]);
		const { calls, servers } = recorder();
		await makeEdits(take, cast(take, world, new Set()), world, servers);
		expect(calls.map((call) => call.at(-1))).toEqual(['users@example.com', 'a@example.com']);
	});

	it('find records by address and by id, delete and merge', async () => {
		const world = worldOf([plain('a'), plain('b')]);
		const mixed = step(undefined, [
			{ server: 'wix', email: 'B@Example.com', delete: true },
			{ server: 'users', id: 'u-a', mergeInto: { email: 'b@example.com' } },
		]);
		const { calls, servers } = recorder();
		await makeEdits(mixed, new Map(), world, servers);
		expect(calls).toEqual([
			['wix', 'remove', 'b'],
			['users', 'merge', 'u-b', ['u-a']],
		]);
	});

	it('name the step when nobody has the address', async () => {
		const lost = step(undefined, [{ server: 'wix', email: 'x@example.com', delete: true }]);
		const { servers } = recorder();
		await expect(makeEdits(lost, new Map(), worldOf([]), servers)).rejects.toThrow('"a step"');
	});
});
