import type {
	IDataObject,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

/** Starts a run; its name is one the engine knows as a start. */
export class ManualTrigger implements INodeType {
	description = {
		displayName: 'Manual Trigger',
		name: 'manualTrigger',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Manual Trigger' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	} as INodeTypeDescription;

	execute: NonNullable<INodeType['execute']> = async function () {
		return [this.getInputData()];
	};
}

/** Puts out the items in its parameter, whatever comes in; in place of whatever a test has in front of a node. */
export class Items implements INodeType {
	description = {
		displayName: 'Items',
		name: 'items',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Items' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'Items', name: 'items', type: 'json', default: [] }],
	} as INodeTypeDescription;

	execute: NonNullable<INodeType['execute']> = async function () {
		const items = this.getNodeParameter('items', 0, [], { rawExpressions: true }) as IDataObject[];
		return [items.map((json) => ({ json, pairedItem: { item: 0 } }))];
	};
}

/** Puts out items as they are, as a Code node does in the same process: parameters would be copied on the way. */
export const rawItems = (items: INodeExecutionData[]): INodeType => ({
	description: {
		displayName: 'Raw',
		name: 'raw',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Raw' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	} as INodeType['description'],
	execute: async () => await Promise.resolve([items]),
});
