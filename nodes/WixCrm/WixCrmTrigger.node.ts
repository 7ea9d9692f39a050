import {
	NodeConnectionTypes,
	type IDataObject,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { asItems, settingsOf } from '../shared/polling/parameters';
import { pollOptions } from '../shared/polling/pollOptions';
import { pollChanges } from '../shared/polling/poll';
import { project as projectContact } from './records/projection';
import { projectMember } from './records/memberProjection';
import { wixApi } from './transport';
import { changesSince } from './trigger/changes';
import { eventOf, isAboutMembers } from './trigger/events';
import { sampleOf } from './trigger/sample';
import { serverNow } from './trigger/serverNow';

export class WixCrmTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wix CRM Trigger',
		name: 'wixCrmTrigger',
		icon: { light: 'file:wixCrm.svg', dark: 'file:wixCrm.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Starts the workflow when contacts or members of a Wix site are created or changed',
		defaults: { name: 'Wix CRM Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'wixCrmApi', required: true }],
		properties: [
			{
				displayName: 'Trigger On',
				name: 'event',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Contact Created',
						value: 'contactCreated',
						description: 'When a contact is new',
					},
					{
						name: 'Contact Created or Updated',
						value: 'contactChanged',
						description: 'When a contact is new or anything in it was changed',
					},
					{
						name: 'Contact Updated',
						value: 'contactUpdated',
						description: 'When anything in a contact was changed',
					},
					{ name: 'Member Created', value: 'memberCreated', description: 'When a member is new' },
					{
						name: 'Member Updated',
						value: 'memberUpdated',
						description: 'When anything in a member was changed, the login email included',
					},
				],
				default: 'contactChanged',
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{ name: 'Full', value: 'full', description: 'Records as Wix shows them' },
					{
						name: 'Simplified',
						value: 'simplified',
						description: 'Ten flat fields: names, addresses, dates',
					},
					{
						name: 'Sync Fields Only',
						value: 'syncFields',
						description: 'Only what Match & Map reads with its presets',
					},
				],
				default: 'full',
				description: 'How much of each record to return',
			},
			pollOptions,
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const event = eventOf(this.getNodeParameter('event'));
		const output = this.getNodeParameter('output', 'full') as 'full' | 'simplified' | 'syncFields';
		const show = isAboutMembers(event) ? projectMember : projectContact;
		const api = await wixApi(this);
		if (this.getMode() === 'manual') {
			const records = await sampleOf(api, event);
			return asItems(records.map((record): IDataObject => show(record, output)));
		}
		const source = {
			changesSince: async (since: number) => await changesSince(api, event, since),
			now: async () => await serverNow(api),
		};
		const changes = await pollChanges(this, source, settingsOf(this));
		return asItems(changes.map(({ record }) => show(record, output)));
	}
}
