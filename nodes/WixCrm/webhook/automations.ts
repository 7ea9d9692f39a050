import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import type { JsonObject } from '../../shared/contracts';
import { isJsonObject } from '../../shared/paths';
import { saysNotFound } from '../../shared/failures';

const path = '/automations-service/v2/automations';
const contactsApp = '74bff718-5977-47f2-9e5f-a9fd0047fd1f';
const membersApp = 'eb377299-86b4-4a86-a1b5-774a2d1d374b';
const webhooksApp = '139ef4fa-c108-8f9a-c7be-d5f492a2c939';

/** What Wix's automations can tell about contacts and members. By the value of the parameter 'Trigger On'. */
export const automationEvents: Readonly<Record<string, { appId: string; triggerKey: string }>> = {
	contactCreated: { appId: contactsApp, triggerKey: 'contacts-new_contact_was_created' },
	labelAdded: { appId: contactsApp, triggerKey: 'contacts-label_added_to_contact' },
	labelRemoved: { appId: contactsApp, triggerKey: 'contacts-label_removed_from_contact' },
	memberSignedUp: { appId: membersApp, triggerKey: 'wix_members-uou_signs_up' },
	memberApproved: { appId: membersApp, triggerKey: 'wix_members-member_approves' },
	memberBlocked: { appId: membersApp, triggerKey: 'wix_members-member_blocked' },
	memberDeleted: { appId: membersApp, triggerKey: 'wix_members-member_deleted' },
};

/** An automation that calls `url` whenever the event happens. `actionId` is a UUID of its own. */
function automation(event: string, url: string, name: string, actionId: string): JsonObject {
	return {
		automation: {
			name,
			origin: 'USER',
			settings: { hidden: true, readonly: false },
			configuration: {
				status: 'ACTIVE',
				trigger: { ...automationEvents[event] },
				rootActionIds: [actionId],
				actions: {
					[actionId]: {
						id: actionId,
						type: 'APP_DEFINED',
						namespace: 'webhooks-action-1',
						appDefinedInfo: {
							appId: webhooksApp,
							actionKey: 'webhooks-action',
							inputMapping: { url, method: 'POST', hasCustomParams: false },
						},
					},
				},
			},
		},
	};
}

const automationIn = (body: unknown): JsonObject | undefined =>
	isJsonObject(body) && isJsonObject(body.automation) ? body.automation : undefined;

/** Registers one automation and returns its id. Throws what went wrong. */
export async function createAutomation(
	api: Api,
	event: string,
	url: string,
	name: string,
): Promise<string> {
	const body = automation(event, url, name, crypto.randomUUID());
	const made = automationIn(
		await api.request({ method: 'POST', path, body, repeatable: false }, 0, `Automation ${name}`),
	);
	return String(made?.id ?? '');
}

/** Whether the automation is there, switched on, and calls `url`. Throws when that cannot be found out. */
export async function callsUrl(api: Api, id: string, url: string): Promise<boolean> {
	const answer = await api.ask({
		method: 'GET',
		path: `${path}/${encodeURIComponent(id)}`,
		repeatable: true,
	});
	if (!answer.ok && saysNotFound(answer.failure)) return false;
	if (!answer.ok) throw api.toError(answer.failure, 0, `Automation ${id}`);
	const configuration = automationIn(answer.value.body)?.configuration;
	if (!isJsonObject(configuration)) return false;
	const actions = isJsonObject(configuration.actions) ? Object.values(configuration.actions) : [];
	const urls = actions.map((action) => {
		const info = isJsonObject(action) ? action.appDefinedInfo : undefined;
		const mapping: IDataObject =
			isJsonObject(info) && isJsonObject(info.inputMapping) ? info.inputMapping : {};
		return mapping.url;
	});
	return configuration.status === 'ACTIVE' && urls.includes(url);
}

/** Deletes an automation; one that is not there any more counts as deleted. Throws what went wrong. */
export async function deleteAutomation(api: Api, id: string): Promise<void> {
	const answer = await api.ask({
		method: 'DELETE',
		path: `${path}/${encodeURIComponent(id)}`,
		// Deleting twice is the same as deleting once
		repeatable: true,
	});
	if (!answer.ok && !saysNotFound(answer.failure)) {
		throw api.toError(answer.failure, 0, `Automation ${id}`);
	}
}
