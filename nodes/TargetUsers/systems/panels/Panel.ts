import type { INodeProperties } from 'n8n-workflow';

/** What the node's panel shows for one system. Names of fields are keys of the adapter's `fields`, unless the adapter says otherwise. */
export interface Panel {
	/** As in the list of systems. */
	option: { name: string; value: string; description: string };
	/** Operations that only this system has. */
	operations: Array<{ name: string; value: string; action: string; description: string }>;
	/** Of Get Many. */
	filters: INodeProperties[];
	/** Beside the address of a new user. */
	createFields: INodeProperties[];
	updateFields: INodeProperties[];
}
