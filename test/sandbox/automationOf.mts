import type { JsonObject } from '../../nodes/shared/contract/index';

export const contactsApp = '74bff718-5977-47f2-9e5f-a9fd0047fd1f';
export const membersApp = 'eb377299-86b4-4a86-a1b5-774a2d1d374b';
const actionId = '3f6c1d2e-8a4b-4c7d-9e1f-2a3b4c5d6e01';

/** An automation that calls `url`, as its maker sends it. */
export const automationOf = (
	url: string,
	triggerKey = 'contacts-new_contact_was_created',
	more: JsonObject = {},
): JsonObject => ({
	name: `Calls for ${triggerKey}`,
	origin: 'USER',
	configuration: {
		status: 'ACTIVE',
		trigger: { appId: triggerKey.startsWith('contacts') ? contactsApp : membersApp, triggerKey },
		rootActionIds: [actionId],
		actions: {
			[actionId]: {
				id: actionId,
				type: 'APP_DEFINED',
				namespace: 'webhooks-action-1',
				appDefinedInfo: {
					appId: '139ef4fa-c108-8f9a-c7be-d5f492a2c939',
					actionKey: 'webhooks-action',
					inputMapping: { url, method: 'POST', hasCustomParams: false },
				},
			},
		},
	},
	...more,
});
