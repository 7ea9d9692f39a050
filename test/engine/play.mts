import fc from 'fast-check';
import type { Seen } from './builders.mts';
import type { RunOptions, World } from './world.mts';

type Side = 'wix' | 'users';
export type Step =
	| { kind: 'edit' | 'empty' | 'remove' | 'add' | 'lock'; side: Side; who: number }
	| { kind: 'putBack' | 'sameOnBoth' | 'swap'; side: Side; who: number }
	| {
			kind: 'run';
			diesAfter: number | undefined;
			view: 'all' | 'some' | 'staleWix' | 'staleUsers';
			who: number;
	  }
	| { kind: 'twoRuns'; order: boolean[]; firstDies: number; secondDies: number; seconds: number }
	| { kind: 'wait'; minutes: number }
	| { kind: 'row'; who: number }
	| { kind: 'park'; on: boolean }
	| { kind: 'confirm'; who: number };

export const side = fc.constantFrom<Side>('wix', 'users');
export const who = fc.nat(5);
export const dies = fc.option(fc.nat(8), { nil: undefined, freq: 2 });
export const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('edit' as const), side, who }) },
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constantFrom('empty' as const, 'remove' as const, 'add' as const, 'lock' as const),
			side,
			who,
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constantFrom('putBack' as const, 'sameOnBoth' as const, 'swap' as const),
			side,
			who,
		}),
	},
	{
		weight: 8,
		arbitrary: fc.record({
			kind: fc.constant('run' as const),
			diesAfter: dies,
			view: fc.constantFrom(
				'all' as const,
				'all' as const,
				'some' as const,
				'staleWix' as const,
				'staleUsers' as const,
			),
			who,
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('twoRuns' as const),
			order: fc.array(fc.boolean(), { minLength: 4, maxLength: 30 }),
			firstDies: fc.nat(20),
			secondDies: fc.nat(20),
			seconds: fc.constantFrom(0, 1, 20, 70, 120, 400),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('wait' as const),
			minutes: fc.constantFrom(1, 5, 60),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('row' as const), who }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('park' as const), on: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('confirm' as const), who }) },
);

export const policies = fc.record({
	bothEdited: fc.constantFrom(
		'review' as const,
		'review' as const,
		'wixWins' as const,
		'usersWin' as const,
	),
	createMissing: fc.constantFrom(
		'nobody' as const,
		'nobody' as const,
		'users' as const,
		'both' as const,
	),
	vanished: fc.constantFrom(
		'unlink' as const,
		'recreate' as const,
		'delete' as const,
		'deactivate' as const,
	),
	guard: fc.constant(null),
});

export async function play(world: World, action: Step): Promise<void> {
	const pick = (system: World['wix'], index: number) => {
		const records = [...system.held.values()];
		return records.length === 0 ? undefined : records[index % records.length];
	};
	switch (action.kind) {
		case 'run':
			await runOnce(world, action);
			return;
		case 'twoRuns':
			await overlap(world, action);
			return;
		case 'wait':
			world.wait(action.minutes);
			return;
		case 'row':
			typeNote(world, action.who);
			return;
		case 'park':
			world.users.parks = action.on;
			return;
		case 'confirm': {
			const record = pick(world.users, action.who);
			if (record?.parked != null) world.confirm(record);
			return;
		}
		case 'add':
			world[action.side].add(world.freshAddress());
			return;
	}
	const record = pick(world[action.side], action.who);
	if (record === undefined) return;
	switch (action.kind) {
		case 'edit':
			world.edit(record, world.freshAddress());
			return;
		case 'empty':
			world.edit(record, null);
			return;
		case 'remove':
			world[action.side].held.delete(record.id);
			return;
		case 'lock':
			if (action.side === 'wix') record.locked = !record.locked;
			return;
		case 'putBack': {
			const partner = world.partnerOf(record);
			if (partner?.address != null) world.edit(record, partner.address);
			return;
		}
		case 'sameOnBoth': {
			const partner = world.partnerOf(record);
			const address = world.freshAddress();
			if (partner === undefined) return;
			world.edit(record, address);
			world.edit(partner, address);
			return;
		}
		case 'swap': {
			const other = pick(world[action.side], action.who + 1);
			if (
				other === undefined ||
				other === record ||
				record.address === null ||
				other.address === null
			)
				return;
			const [first, second] = [record.address, other.address];
			world.edit(record, second);
			world.edit(other, first);
		}
	}
}

async function runOnce(world: World, action: Extract<Step, { kind: 'run' }>): Promise<void> {
	const options: RunOptions = { diesAfter: action.diesAfter };
	if (action.view === 'some') {
		options.only = {
			wix: [...world.wix.held.keys()].filter((_, index) => (index + action.who) % 2 === 0),
			users: [...world.users.held.keys()].filter((_, index) => (index + action.who) % 3 === 0),
		};
	}
	if (action.view === 'staleWix') options.stale = 'wix';
	if (action.view === 'staleUsers') options.stale = 'users';
	await carryOut(world, options);
}

/** One run from its beginning to its end, or to its death. @returns its plan, if it lived to the end */
export async function carryOut(world: World, options: RunOptions = {}): Promise<Seen | undefined> {
	const run = world.run(options);
	for (let steps = 0; steps <= (options.diesAfter ?? Infinity); steps++) {
		const { done, value } = await run.next();
		if (done === true) return value;
	}
	return undefined;
}

/** Two runs that take turns as `order` says, each with a pause after every step; each may die. */
async function overlap(
	world: World,
	{ order, firstDies, secondDies, seconds }: Extract<Step, { kind: 'twoRuns' }>,
): Promise<void> {
	const runs = [
		{ steps: world.run(), left: firstDies, isSending: false },
		{ steps: world.run(), left: secondDies, isSending: false },
	];
	const turns = [...order];
	while (runs.some(({ left }) => left > 0)) {
		const wanted = turns.shift() === true ? runs[1] : runs[0];
		const next =
			wanted !== undefined && wanted.left > 0 ? wanted : runs.find(({ left }) => left > 0);
		if (next === undefined) return;
		const { done, value } = await next.steps.next();
		next.left = done === true ? 0 : next.left - 1;
		next.isSending = value === 'sending';
		// No request takes longer than its total time
		world.wait((runs.some(({ isSending }) => isSending) ? Math.min(seconds, 1) : seconds) / 60);
	}
}

/** A person edits a row in the table: a save that a run has not made. */
function typeNote(world: World, who: number): void {
	const row = world.links[who % Math.max(world.links.length, 1)];
	if (row === undefined) return;
	row.note = `${row.note}.`;
	row.updatedAt = `${row.updatedAt ?? ''}*`;
}

export const restRuns = 14;

/** Longer than any lease, and than the hour after which a create is announced again; minutes. */
const afterAll = 90;

/** Runs until one writes nothing and saves nothing; the number of runs it took. */
export async function settle(world: World): Promise<number> {
	world.users.parks = false;
	for (const record of world.users.held.values()) if (record.parked !== null) world.confirm(record);
	for (let count = 1; count <= restRuns; count++) {
		world.wait(afterAll);
		const plan = await carryOut(world);
		if (plan !== undefined && plan.newLinks.length + plan.changedLinks.length === 0) return count;
	}
	return Infinity;
}
