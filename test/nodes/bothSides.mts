import type { IDataObject } from 'n8n-workflow';

import type { JsonObject, Side } from '../../nodes/shared/contract/index';
import { freshWorld } from './freshWorld.mts';
import type { NodeRun } from './harness.mts';
import { toErrorOutput, updateOf } from './rows.mts';

export const sides = ['wix', 'users'] as const;
export const serviceOf = { wix: 'Wix', users: 'YouTrack' };

export const recordId = { wix: 'c1', users: 'u1' };
export const changeOn = (side: Side, from = 'old@example.com', to = 'new@example.com') =>
	updateOf(side, recordId[side], from, to);

export const saysNothingSecret = (run: NodeRun) => {
	const words = JSON.stringify([run.error?.message, run.error?.description, run.json]);
	expect(words).not.toMatch(/key-of-test|token-of-test|example\.com|invalid"/);
};

/** Wix with one contact and YouTrack with one user for the tests of one file, and what is asked of either in the same way. */
export function bothSides() {
	const { world, waits } = freshWorld(async ({ wix, hub }) => {
		await wix.reset();
		await hub.reset();
		await wix.put({
			contacts: [{ id: 'c1', primaryInfo: { email: 'old@example.com' } }],
			members: [],
		});
		await hub.put({
			users: [
				{
					id: 'u1',
					login: 'u1',
					profile: { email: { type: 'EmailJSON', verified: true, email: 'old@example.com' } },
				},
			],
		});
	});

	const list = async (side: Side, more?: IDataObject): Promise<NodeRun> =>
		side === 'wix'
			? await world().wixCrm(
					{ resource: 'contact', operation: 'getAll', returnAll: true },
					undefined,
					more,
				)
			: await world().targetUsers(
					{ system: 'youTrack', resource: 'user', operation: 'getAll', returnAll: true },
					undefined,
					more,
				);

	const applyTo = async (
		side: Side,
		changes: IDataObject[],
		more: IDataObject = toErrorOutput,
	): Promise<NodeRun> =>
		side === 'wix'
			? await world().wixCrm({ resource: 'contact', operation: 'applyChanges' }, changes, more)
			: await world().targetUsers(
					{ system: 'youTrack', resource: 'user', operation: 'applyChanges' },
					changes,
					more,
				);

	/** With other data in all credentials for the time of `work`. */
	async function withCredentials<T>(changes: JsonObject, work: () => Promise<T>): Promise<T> {
		const { credentials } = world();
		const before = { ...credentials };
		for (const type of Object.keys(credentials)) {
			credentials[type] = { ...credentials[type], ...changes } as (typeof before)[string];
		}
		try {
			return await work();
		} finally {
			Object.assign(credentials, before);
		}
	}

	return { world, waits, list, applyTo, withCredentials };
}
