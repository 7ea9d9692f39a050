import type { INodeProperties } from 'n8n-workflow';

/** What a person changes from run to run: a look first, a trial, letting one plan through. */
export const runParameters: INodeProperties[] = [
	{
		displayName: 'Preview Only',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description:
			'Whether to show what a run would do and do nothing: no link is saved and nothing is written, so a later run plans the same again. Look at the report, then switch this off.',
	},
	{
		displayName: 'Only These People',
		name: 'onlyRecords',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. ada@example.com, 7b1f0c52-3d0e-4f0a-9a55-0c1d2e3f4a51',
		description:
			'For a trial: addresses or IDs, separated by commas or lines. Only these people are linked, changed, created or deleted; the report says how many others would be linked. Empty for everybody.',
	},
	{
		displayName: 'Explain a Record',
		name: 'explain',
		type: 'string',
		default: '',
		placeholder: 'e.g. ada@example.com, Ada Lovelace or an ID',
		description:
			'Adds to the report, in plain sentences, why this person is or is not linked, what is planned and what it waits for. Nothing else changes.',
	},
	{
		displayName: 'Approved Plan',
		name: 'approvedPlan',
		type: 'string',
		default: '',
		placeholder: 'e.g. 023ef425ec7f0907f3fa7d14516b',
		description:
			'When the guard has stopped a run and all that its report lists is meant: enter the code from that report here and run again, or answer its question in the review table. It lets exactly that plan through; if anything was edited in between, the guard stops again. It can stay here: it fits no other plan.',
	},
	{
		displayName: 'Writes per Run',
		name: 'writesPerRun',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 500,
		description:
			'How many records a run changes at most. The rest is noted and follows in the next runs, so a first fill of many people goes on by itself in slices. 0 for no limit.',
	},
	{
		displayName: 'Rows Were Read From',
		name: 'readFrom',
		type: 'string',
		default: '',
		placeholder: "e.g. {{ $('Note the time').first().json.now }}",
		description:
			'A time, noted before the links were read. With it this run can tell which rows another run is still at work on, and leaves those alone. Empty: it waits longer than needed.',
	},
];
