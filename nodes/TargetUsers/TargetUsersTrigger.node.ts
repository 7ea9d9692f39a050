import {
	NodeConnectionTypes,
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { asItems, settingsOf } from '../shared/polling/parameters';
import { pollChanges } from '../shared/polling/poll';
import { outputField } from './actions/user/fields';
import { outputIn, project } from './actions/user/parameters';
import { systemNamed } from './systems';
import { listUsers } from './systems/listUsers';
import { isDated, sourceByDate } from './trigger/byDate';
import { pollByComparison } from './trigger/byComparison';
import { eventOf } from './trigger/events';
import { triggerOptions } from './trigger/options';
import { systemCredentials, systemFields } from './systemField';

export class TargetUsersTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Target Users Trigger',
		name: 'targetUsersTrigger',
		icon: { light: 'file:targetUsers.svg', dark: 'file:targetUsers.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description: 'Starts the workflow when users are created or changed',
		defaults: { name: 'Target Users Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: systemCredentials,
		properties: [
			...systemFields,
			{
				displayName: 'Trigger On',
				name: 'event',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'User Created', value: 'userCreated', description: 'When a user is new' },
					{
						name: 'User Created or Updated',
						value: 'userChanged',
						description: 'When a user is new or was changed',
					},
					{ name: 'User Updated', value: 'userUpdated', description: 'When a user was changed' },
				],
				default: 'userChanged',
			},
			{
				displayName: 'Detect Changes By',
				name: 'detectBy',
				type: 'options',
				options: [
					{
						name: 'Date of Change',
						value: 'date',
						description: 'Asks only for users who were changed since the last poll',
					},
					{
						name: 'Comparison of All Users',
						value: 'comparison',
						description: 'Reads all users at each poll, for a server that does not tell dates',
					},
				],
				default: 'date',
				displayOptions: { hide: { system: ['youTrack'] } },
			},
			{
				displayName:
					'YouTrack does not say when a user was changed: each poll reads all users and compares login, name, addresses and ban with those of the last one',
				name: 'comparisonNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { system: ['youTrack'] } },
			},
			outputField,
			triggerOptions,
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const name = String(this.getNodeParameter('system'));
		const system = systemNamed(name);
		if (system === undefined) {
			throw new NodeOperationError(this.getNode(), `There is no system '${name}'`, {
				description: 'Choose another one in this node.',
			});
		}
		const event = eventOf(this.getNodeParameter('event'));
		const output = outputIn(this.getNodeParameter('output', 'full'));
		const show = (user: Parameters<typeof project>[1]): IDataObject =>
			project(system, user, output);
		const api = await system.connect(this);
		if (this.getMode() === 'manual') {
			const { records, fault } = await listUsers(system, api, {}, 1, 'full', 0);
			if (fault !== undefined) throw fault;
			return asItems(records.map(show));
		}
		const settings = settingsOf(this);
		if (!isDated(system) || this.getNodeParameter('detectBy', 'date') === 'comparison') {
			const users = await pollByComparison(this, system, api, event, settings.most);
			return asItems(users.map(show));
		}
		const changes = await pollChanges(this, sourceByDate(system, api, event), settings);
		return asItems(changes.map(({ record }) => show(record)));
	}
}
