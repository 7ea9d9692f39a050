import type { IDataObject, IPollFunctions } from 'n8n-workflow';

type Kept = IDataObject[string];

/** What a polling trigger remembers from one poll to the next, as JSON. */
export interface Memory {
	/** undefined before the first poll. */
	read(): unknown;
	write(value: Kept | object): void;
}

/**
 * The memory of this node under `key`: what n8n keeps for the node. With durable polling, n8n forgets what the poll at the
 * activation leaves there when it starts no run; so the beginning is noted once more, in what n8n keeps for the workflow,
 * until the node has a memory of its own that has lasted.
 */
export function memoryOf(context: IPollFunctions, key: string): Memory {
	const own = context.getWorkflowStaticData('node');
	const shared = context.getWorkflowStaticData('global');
	const beginning = `beginning of ${context.getNode().id}`;
	const hasLasted = own[key] !== undefined;
	return {
		read: () => own[key] ?? shared[beginning],
		write: (value) => {
			own[key] = value as Kept;
			if (!hasLasted) shared[beginning] ??= value as Kept;
			else if (beginning in shared) delete shared[beginning];
		},
	};
}
