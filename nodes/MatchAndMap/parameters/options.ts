import type { INodeProperties } from 'n8n-workflow';

/** What most people leave as it is. */
export const optionParameters: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Days to Wait for a Value',
				name: 'pendingDays',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 7,
				description:
					'How long a value that was sent may stay unseen, for example an address that its owner has yet to confirm, before it is listed in Review. Until then it counts as under way and is not sent again.',
			},
			{
				displayName: 'Guard',
				name: 'guard',
				type: 'boolean',
				default: true,
				description:
					"Whether to stop a run before its first write that is larger than you would expect: more updates than 'Guard: Records' and 'Guard: Percent' allow, or a share of creates, removals, unlinked, moved or missing people above the percentage. The report shows what it would have done. Even when switched off, an empty list is never taken for everybody being gone.",
			},
			{
				displayName: 'Guard: Percent',
				name: 'guardPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 10,
				description:
					'Share of the linked records of one side that a run may always change, however many they are. Updates are stopped only above both limits; all else above this share, with more than three people.',
			},
			{
				displayName: 'Guard: Records',
				name: 'guardRecords',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 50,
				description:
					'Number of records of one side that a run may always update, however large their share. Updates are stopped only above both limits.',
			},
		],
	},
];
