import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { JsonObject } from '../../nodes/shared/contract/index';
import type { NodeRun } from './harness.mts';
import type { NodesWorld } from './world.mts';

export type Run = (
	operation: string,
	parameters?: INodeParameters,
	input?: IDataObject[],
	more?: IDataObject,
) => Promise<NodeRun>;

/** Runs operations of one resource of Wix CRM. */
export const runOn =
	(world: () => NodesWorld, resource: string): Run =>
	async (operation, parameters = {}, input, more) =>
		await world().wixCrm({ resource, operation, ...parameters }, input, more);

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byUrl = (value: string) => ({ __rl: true, mode: 'url', value });

/** A contact with one address. */
export const contactOf = (id: string, email: string, info: JsonObject = {}): JsonObject => ({
	id,
	info: {
		name: { first: `First-${id}`, last: 'Last' },
		emails: { items: [{ id: `${id}-mail`, tag: 'WORK', email, primary: true }] },
		...info,
	},
});

/** The contact with `id` as the sandbox holds it. */
export async function storedContact(
	world: NodesWorld,
	id: string,
): Promise<IDataObject & { info: IDataObject }> {
	const { contacts } = await world.wix.state();
	return contacts.find((one) => one.id === id) as IDataObject & { info: IDataObject };
}

/** Rows of a fixed collection of contact fields. */
export const rows = (...item: IDataObject[]) => ({ item }) as INodeParameters;
