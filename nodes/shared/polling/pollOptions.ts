import type { INodeProperties } from 'n8n-workflow';

export const defaultMost = 1000;
export const defaultOverlap = 120;

/** Of every polling trigger. */
export const pollOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Max Records per Poll',
			name: 'most',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: defaultMost,
			description:
				'How many records one poll delivers at most. The rest comes with the next polls.',
		},
		{
			displayName: 'Overlap (Seconds)',
			name: 'overlap',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: defaultOverlap,
			description:
				'How far each poll looks back over the last one, for changes that show late. Nothing is delivered twice.',
		},
		{
			displayName: 'Start From',
			name: 'startFrom',
			type: 'dateTime',
			default: '',
			description:
				'The first poll delivers what happened from this date on. Left empty, it starts with what happens from now on.',
		},
	],
};
