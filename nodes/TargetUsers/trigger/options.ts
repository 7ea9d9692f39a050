import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { pollOptions } from '../../shared/polling/pollOptions';

/** Of these, a comparison of all users heeds none: it knows no dates. */
const ofDates = ['overlap', 'startFrom'];

const whenComparing = { '/system': ['youTrack'], '/detectBy': ['comparison'] };

/** The options of a polling trigger, each only where it means something. */
export const triggerOptions: INodeProperties = {
	...pollOptions,
	options: (pollOptions.options as INodeProperties[]).flatMap((option) =>
		ofDates.includes(option.name)
			? updateDisplayOptions({ hide: whenComparing }, [option])
			: [option],
	),
};
