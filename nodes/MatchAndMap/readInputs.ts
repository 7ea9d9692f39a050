import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { JsonObject } from '../shared/contract';
import { isJsonObject, valueAt } from '../shared/paths';
import { recordId } from '../shared/recordId';

/** One input: its records, and where each came from. */
export interface SideInput {
	records: JsonObject[];
	/** Record id to the index of its item. */
	itemOf: Map<string, number>;
	/** Something arrived, at least the empty item of Always Output Data; else the input may not have run at all. */
	ran: boolean;
}

/** One input of rows of a table. */
export interface RowsInput<Row> {
	rows: Row[];
	/** The table's own id of a row to the index of its item. */
	itemOf: Map<string, number>;
	/** A row arrived that is the record of an error. */
	failed: boolean;
}

function itemsOf(context: IExecuteFunctions, input: number): INodeExecutionData[] {
	try {
		return context.getInputData(input);
	} catch {
		// n8n throws for an input that nothing is connected to
		return [];
	}
}

/**
 * What a node that goes on after an error hands over. n8n drops the data of an item that carries `error` itself, so nodes
 * that keep it leave the message in the data: such an item is no record, whatever else is in it.
 */
const isErrorItem = ({ json, error }: INodeExecutionData) =>
	error !== undefined || typeof json?.error === 'string';

const isEmptyItem = (item: INodeExecutionData) =>
	Object.keys(item.json ?? {}).length === 0 && item.error === undefined;

/** Reads the Wix or the Users input. An error item stays in as a record without an id, so that the side is not complete. */
export function readSide(context: IExecuteFunctions, input: number): SideInput {
	const items = itemsOf(context, input);
	const records: JsonObject[] = [];
	const itemOf = new Map<string, number>();
	items.forEach((item, index) => {
		if (isEmptyItem(item)) return;
		const record = isErrorItem(item) ? {} : (item.json as JsonObject);
		records.push(record);
		const id = recordId(record);
		if (id !== '') itemOf.set(id, index);
	});
	return { records, itemOf, ran: items.length > 0 };
}

/** Reads rows of a table as the Data Table node gives them. The engine looks at each column before it trusts it. */
export function readRows<Row>(context: IExecuteFunctions, input: number): RowsInput<Row> {
	const rows: Row[] = [];
	const itemOf = new Map<string, number>();
	let failed = false;
	itemsOf(context, input).forEach((item, index) => {
		if (isEmptyItem(item)) return;
		if (isErrorItem(item) || !isJsonObject(item.json)) {
			failed = true;
			return;
		}
		rows.push(item.json as Row);
		itemOf.set(String(item.json.id ?? ''), index);
	});
	return { rows, itemOf, failed };
}

/** Wix contact ids that show a membership: by `memberInfo`, by the system field, or by the label of site members. */
export function memberContactIds(contacts: readonly JsonObject[]): string[] {
	return contacts
		.filter(isMembersContact)
		.map(recordId)
		.filter((id) => id !== '');
}

function isMembersContact(contact: JsonObject): boolean {
	const memberId = valueAt(contact, ['memberInfo', 'memberId']);
	if (typeof memberId === 'string' && memberId !== '') return true;
	const status = valueAt(contact, ['info', 'extendedFields', 'items', 'members.membershipStatus']);
	if (typeof status === 'string' && status !== '') return true;
	const labels = valueAt(contact, ['info', 'labelKeys', 'items']);
	return Array.isArray(labels) && labels.includes('contacts.site-members');
}
