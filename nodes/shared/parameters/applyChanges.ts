import type { INodeProperties } from 'n8n-workflow';

export const applyNotice: INodeProperties = {
	displayName:
		'Connect the step that saves the changed links here, then save what comes out of “Rows” in the same way. “History” tells what was written.',
	name: 'applyChangesNotice',
	type: 'notice',
	default: '',
};

/** For workflows in which runs follow each other closely. */
export const noteEveryWrite: INodeProperties = {
	displayName: 'Note Every Write',
	name: 'rememberAll',
	type: 'boolean',
	default: false,
	description:
		'Whether to hand on every row that was written, so that the next run need not wait until its announcement has run out. For workflows that run on each change. Otherwise only rows with something new to remember are handed on, which spares a save.',
};

/** The options of Apply Changes; those named before 'Note Every Write' come first. */
export const applyOptions = (own: readonly INodeProperties[] = []): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [...own, noteEveryWrite],
});
