import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { JsonObject } from '../contract';
import type { Listed } from './listing';

/**
 * The items of a Get Many. A listing that could not be read whole is an error; only where errors stay on the regular output do
 * the records that were read go before it, because there the error item tells the next node that the list has a hole.
 */
export function itemsOf(
	context: IExecuteFunctions,
	listed: Listed,
	project: (record: JsonObject) => IDataObject,
): INodeExecutionData[] {
	const { records, fault } = listed;
	const staysTogether = context.getNode().onError === 'continueRegularOutput';
	if (fault !== undefined && !staysTogether) throw fault;
	const items: INodeExecutionData[] = records.map((record) => ({ json: project(record) }));
	if (fault !== undefined) items.push({ json: { error: fault.message }, error: fault });
	return items;
}
