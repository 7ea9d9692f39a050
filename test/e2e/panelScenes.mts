import {
	displayParameter,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { N8nCalls } from '../../runtime/client.mts';

/** One node of the package as its panel is looked at: what was chosen, everything else as it is when the node is new. */
export interface Scene {
	/** The name of the step, such as `wixCrm contact create`. */
	name: string;
	type: string;
	parameters: INodeParameters;
}

/** The parameters that decide what the rest of a panel shows, in the order in which a person chooses. */
const DECIDING = ['system', 'resource', 'operation', 'preset', 'source'];
/** Added by n8n: *Custom API Call* in the lists, and the times of a poll. */
const OF_N8N = ['__CUSTOM_API_CALL__', 'pollTimes'];
const PER_ROW = 10;
const APART = 240;

const PACKAGE = 'n8n-nodes-wix-user-sync.';

const NODES = [
	'wixCrm',
	'wixCrmTrigger',
	'wixCrmWebhookTrigger',
	'targetUsers',
	'targetUsersTrigger',
	'matchAndMap',
];

/** The nodes of the package as this n8n describes them. */
export async function describeNodes({ rest }: N8nCalls): Promise<INodeTypeDescription[]> {
	const nodeInfos = NODES.map((name) => ({ name: `${PACKAGE}${name}`, version: 1 }));
	return await rest('POST', '/node-types', { nodeInfos });
}

/** Every panel that the nodes of the package can show; where `unfolded`, with all fields and options added. */
export const panelScenes = (nodes: readonly INodeTypeDescription[], unfolded: boolean): Scene[] =>
	nodes.flatMap(({ name, properties }) =>
		choices(properties, DECIDING, {}).map((chosen) => ({
			name: [name, ...Object.values(chosen)].join(' '),
			type: `${PACKAGE}${name}`,
			parameters: unfolded ? { ...chosen, ...allFields(properties, chosen) } : chosen,
		})),
	);

function choices(
	properties: INodeProperties[],
	[next, ...rest]: string[],
	chosen: INodeParameters,
): INodeParameters[] {
	if (next === undefined) return [chosen];
	const deciding = properties.find(
		(property) => property.name === next && isShown(property, properties, chosen),
	);
	if (deciding?.type !== 'options') return choices(properties, rest, chosen);
	return optionsOf(deciding)
		.map(({ value }) => String(value))
		.filter((value) => !OF_N8N.includes(value))
		.flatMap((value) => choices(properties, rest, { ...chosen, [next]: value }));
}

const isShown = (
	property: INodeProperties,
	properties: INodeProperties[],
	chosen: INodeParameters,
) => displayParameter({ ...defaultsOf(properties), ...chosen }, property, { typeVersion: 1 }, null);

const defaultsOf = (properties: INodeProperties[]): INodeParameters =>
	Object.fromEntries(
		properties
			.filter(({ displayOptions }) => displayOptions === undefined)
			.map((property) => [property.name, property.default as string]),
	);

const optionsOf = (property: INodeProperties) => (property.options ?? []) as INodePropertyOptions[];

/** Each collection that is shown, with all its entries. */
function allFields(properties: INodeProperties[], chosen: INodeParameters): INodeParameters {
	const collections = properties.filter(
		(property) =>
			['collection', 'fixedCollection'].includes(property.type) &&
			!OF_N8N.includes(property.name) &&
			isShown(property, properties, chosen),
	);
	return Object.fromEntries(collections.map((each) => [each.name, filled(each)]));
}

function filled(property: INodeProperties): INodeParameters[string] {
	if (property.type === 'collection') {
		const entries = (property.options ?? []) as INodeProperties[];
		return Object.fromEntries(entries.map((entry) => [entry.name, filled(entry)]));
	}
	if (property.type !== 'fixedCollection') return property.default as string;
	const rows = (property.options ?? []) as INodePropertyCollection[];
	const { multipleValues } = property.typeOptions ?? {};
	return Object.fromEntries(
		rows.map(({ name, values }) => {
			const row = Object.fromEntries(values.map((value) => [value.name, filled(value)]));
			return [name, multipleValues ? [row] : row];
		}),
	) as INodeParameters;
}

/** A workflow with one step for each scene; its id. */
export async function createSceneWorkflow(
	calls: N8nCalls,
	name: string,
	scenes: readonly Scene[],
): Promise<string> {
	const workflow = {
		name,
		nodes: scenes.map((scene, index) => ({
			...scene,
			id: `scene-${index}`,
			typeVersion: 1,
			position: [(index % PER_ROW) * APART, Math.floor(index / PER_ROW) * APART],
		})),
		connections: {},
		settings: {},
	};
	return (await calls.api<{ id: string }>('POST', '/workflows', workflow)).id;
}
