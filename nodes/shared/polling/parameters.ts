import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';

import type { PollSettings } from './poll';
import { defaultMost, defaultOverlap } from './pollOptions';

/** What an expression gives need not be a number. */
function numberOr(value: unknown, otherwise: number): number {
	const number = Number(value);
	return Number.isNaN(number) ? otherwise : number;
}

/** The options of a trigger. Throws where one cannot be read. */
export function settingsOf(context: IPollFunctions): PollSettings {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const { most = defaultMost, overlap = defaultOverlap, startFrom } = options;
	const date = typeof startFrom === 'string' ? startFrom.trim() : '';
	const from = Date.parse(date);
	if (date !== '' && Number.isNaN(from)) {
		throw new NodeOperationError(context.getNode(), "The option 'Start From' is no date", {
			description: 'Choose a date, or give one such as 2026-01-31T08:00:00Z.',
		});
	}
	return {
		most: Math.max(1, Math.floor(Number(most)) || defaultMost),
		overlap: 1000 * Math.max(0, numberOr(overlap, defaultOverlap)),
		...(date === '' ? {} : { startFrom: from }),
	};
}

/** null when there is nothing: then n8n starts no run. */
export function asItems(records: readonly IDataObject[]): INodeExecutionData[][] | null {
	return records.length === 0 ? null : [records.map((json) => ({ json }))];
}
