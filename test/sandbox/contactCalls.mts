import type { JsonObject } from '../../nodes/shared/contract/index';
import type { Reply, World } from './harness.mts';

export const emails = (...items: JsonObject[]): JsonObject => ({ emails: { items } });

/** Creates contacts by the calls of Wix's API. */
export function contactCalls(world: () => World) {
	const create = async (info: JsonObject, more: JsonObject = {}): Promise<Reply> =>
		await world().contacts('POST', '', { info, ...more });
	return {
		create,
		ada: async () =>
			await create({
				name: { first: 'Ada', last: 'Example' },
				...emails({ tag: 'WORK', email: 'ada@example.com' }),
			}),
	};
}
