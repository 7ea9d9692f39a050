import type { Reasons } from '../reasons.mts';

const segments =
	'Only a path that was found to be one before comes here; the type of the parser does not know it.';

export const wix: Reasons = {
	'nodes/WixCrm/actions/router.ts': [
		{
			line: 'const operations = (Object.hasOwn(resources, resource)',
			why: 'n8n gives no operation for a resource that the node does not have, and stops before; what stays keeps names of prototypes out.',
		},
	],
	'nodes/WixCrm/actions/contact/filters.ts': [
		{
			line: 'filterFields.find((field) => field.name === name)',
			why: 'Every filter has a field in the form; the search in a list may find none by its type.',
		},
	],
	'nodes/WixCrm/records/bulkContacts.ts': [
		{
			line: 'v5ContactFor({}, valuesOfNew(set, defaults)) ?? {}',
			why: '`canCreate` was asked first and has said that v5 can hold these values.',
		},
	],
	'nodes/WixCrm/records/contactInfo.ts': [
		{ line: 'const segments = parsePath(path) ?? [];', why: segments },
	],
	'nodes/WixCrm/records/contactStore.ts': [
		{
			line: 'isDeactivated: () => false,',
			why: 'Asked only of records that were deactivated; contacts cannot be, and are refused before.',
		},
	],
	'nodes/WixCrm/records/listAdditions.ts': [
		{
			line: 'Array.isArray(value) ? value.filter(isJsonObject) : [];',
			why: 'The node itself makes these lists; the type of a value in an edit is any JSON.',
		},
	],
	'nodes/WixCrm/records/memberFields.ts': [
		{ line: 'const segments = parsePath(path) ?? [];', why: segments },
	],
	'nodes/WixCrm/webhook/receiveApp.ts': [
		{
			line: "return request.rawBody?.toString('utf8') ?? '';",
			why: 'n8n has read the bytes after `readRawBody`; the type leaves them open. Without them the message is refused as unsigned.',
		},
	],
	'nodes/WixCrm/webhook/registration.ts': [
		{
			line: "context.getNodeWebhookUrl('default')?.split(':secret') ?? []",
			why: 'n8n gives a URL to each webhook that a node describes, and keeps `:secret` in it; its type leaves both open.',
		},
		{
			line: 'if (prefix === undefined || rest === undefined) {',
			why: 'As the line before: n8n gives the URL. Automations that call no address would stay in Wix unseen.',
		},
		{
			line: "throw new NodeOperationError(context.getNode(), 'n8n gives this node no webhook URL');",
			why: 'As the two lines before.',
		},
	],
};
