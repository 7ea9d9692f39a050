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
				displayName: 'Approved Plan',
				name: 'approvedPlan',
				type: 'string',
				default: '',
				description:
					'The code from the report of a run that the guard stopped. It lets exactly that plan through; with one more edit the guard stops again.',
			},
			{
				displayName: 'Days Until a Value Counts as Not Taken',
				name: 'pendingDays',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 7,
				description:
					'How long a value that was sent may stay unseen, for example as an unconfirmed address, before it is listed in Review',
			},
			{
				displayName: 'Guard',
				name: 'guard',
				type: 'boolean',
				default: true,
				description:
					'Whether to stop a run that would change more than both of the two limits below, before the first write',
			},
			{
				displayName: 'Guard: Percent',
				name: 'guardPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 10,
				description: 'Share of the linked records of one side that a run may change',
			},
			{
				displayName: 'Guard: Records',
				name: 'guardRecords',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 50,
				description:
					'Number of records of one side that a run may always change, whatever their share',
			},
			{
				displayName: 'Only These Records',
				name: 'onlyRecords',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				placeholder: 'e.g. ada@example.com, 7b1f0c52-3d0e-4f0a-9a55-0c1d2e3f4a51',
				description:
					'A trial: addresses or IDs, separated by commas or lines. Only these people are written to; all others are only linked.',
			},
			{
				displayName: 'Preview Only',
				name: 'dryRun',
				type: 'boolean',
				default: false,
				description: 'Whether to plan and report without giving out anything to save or write',
			},
		],
	},
];
