import type { INodeProperties } from 'n8n-workflow';

const fromList =
	'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';
/** Several labels of the site. `hint`: what they do to the operation. */
export function labelsField(name: string, displayName: string, hint?: string): INodeProperties {
	return {
		displayName: `${displayName} Names or IDs`,
		name,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getLabels' },
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		...(hint === undefined ? {} : { hint }),
	};
}

/** One extended field of the site. `method`: `getExtendedFields` for all, `getWritableExtendedFields` for those that can be set. */
export function extendedFieldField(
	method: 'getExtendedFields' | 'getWritableExtendedFields',
): INodeProperties {
	return {
		displayName: 'Field Name or ID',
		name: 'key',
		type: 'options',
		typeOptions: { loadOptionsMethod: method },
		default: '',
		description: fromList,
	};
}
