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
				placeholder: 'e.g. 023ef425ec7f0907f3fa7d14516b',
				description:
					'When the guard has stopped a run and all that its report lists is meant: enter the code from that report here and run again. It lets exactly that plan through; if anything was edited in between, the guard stops again. It can stay here: it fits no other plan.',
			},
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
				displayName: 'Explain a Record',
				name: 'explain',
				type: 'string',
				default: '',
				placeholder: 'e.g. ada@example.com or an ID',
				description:
					'Adds to the report, in plain sentences, why this person is or is not linked, what is planned and what it waits for. Nothing else changes.',
			},
			{
				displayName: 'Guard',
				name: 'guard',
				type: 'boolean',
				default: true,
				description:
					"Whether to stop a run before its first write when it would change more than 'Guard: Records' and 'Guard: Percent' allow. The report shows what it would have done. Even when switched off, an empty list is never taken for everybody being gone.",
			},
			{
				displayName: 'Guard: Percent',
				name: 'guardPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 10,
				description:
					'Share of the linked records of one side that a run may always change, however many they are. The guard stops a run only above both limits.',
			},
			{
				displayName: 'Guard: Records',
				name: 'guardRecords',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 50,
				description:
					'Number of records of one side that a run may always change, however large their share. The guard stops a run only above both limits.',
			},
			{
				displayName: 'Only These Records',
				name: 'onlyRecords',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				placeholder: 'e.g. ada@example.com, 7b1f0c52-3d0e-4f0a-9a55-0c1d2e3f4a51',
				description:
					'For a trial: addresses or IDs, separated by commas or lines. Only these people are changed, created or deleted. All others may be linked, but nothing is written to them. Empty for everybody.',
			},
			{
				displayName: 'Preview Only',
				name: 'dryRun',
				type: 'boolean',
				default: false,
				description:
					'Whether to fill only the outputs Review and Report. Nothing is saved in the links table and nothing is written, so a later run plans the same again.',
			},
		],
	},
];
