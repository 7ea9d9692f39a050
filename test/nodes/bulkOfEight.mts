import { addressOf, applyWorld, contact } from './applyChangesWorld.mts';
import type { Passing } from './proxy.mts';

export const count = 8;
export const ids = Array.from({ length: count }, (_, index) => `c${index}`);
export const contacts = () => ids.map((id) => contact(id, `${id}@old.example.com`));
/** One outcome for each of them. */
export const all = (outcome: string) => ids.map(() => outcome);

export const isBulk = ({ url }: Passing) => url.includes('/v5/bulk/');

/** True for the first bulk call only. */
export function firstBulk() {
	let isFirst = true;
	return (call: Passing) => {
		const hit = isFirst && isBulk(call);
		if (hit) isFirst = false;
		return hit;
	};
}

/** Wix for the tests of one file, and eight changes, which is enough to be written in bulk. */
export function bulkWorld() {
	const applying = applyWorld('wix');
	const { world, createOf, update } = applying;
	return {
		...applying,
		moves: () => ids.map((id) => update(id, `${id}@old.example.com`, `${id}@new.example.com`)),
		creates: () => ids.map((id) => createOf(`${id}@example.com`)),
		expectMovedOnce: async (): Promise<void> => {
			const { contacts: after } = await world().wix.state();
			expect(after.map((record) => [addressOf(record), record.revision])).toEqual(
				ids.map((id) => [`${id}@new.example.com`, 2]),
			);
		},
		expectCreatedOnce: async (): Promise<void> => {
			const { contacts: after } = await world().wix.state();
			expect(after.map(addressOf).sort()).toEqual(ids.map((id) => `${id}@example.com`));
		},
	};
}
