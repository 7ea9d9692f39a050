import type { Api } from '../../shared/Api';
import type { ApiFailure } from '../../shared/apiTypes';
import type { JsonObject } from '../../shared/contract';
import { isJsonObject, valueAt } from '../../shared/paths';
import { emptyAnswer, saysNotFound } from '../../shared/failures';
import { pathStep } from '../../shared/recordId';
import { objectAt } from '../records/parts';

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

function toError(api: Api, failure: ApiFailure, subject: string) {
	const error = api.toError(failure, 0, `Automation ${subject}`);
	if (failure.status === 403) {
		error.description =
			'Give the API key the permission to manage automations, and check the site ID in the credential.';
	}
	return error;
}

/** Registers one automation and returns its id. Throws what went wrong; it may have been made nevertheless. */
export async function createAutomation(
	api: Api,
	event: string,
	url: string,
	name: string,
): Promise<string> {
	const body = automation(event, url, name, crypto.randomUUID());
	const answer = await api.ask({ method: 'POST', path, body, repeatable: false });
	if (!answer.ok) throw toError(api, answer.failure, name);
	const id = automationIn(answer.value.body)?.id;
	if (typeof id !== 'string' || id === '') throw toError(api, emptyAnswer, name);
	return id;
}

/** The URLs that an automation calls. */
function urlsIn(automation: JsonObject): string[] {
	return Object.values(objectAt(objectAt(automation, 'configuration'), 'actions')).flatMap(
		(action) => {
			const url =
				isJsonObject(action) && valueAt(action, ['appDefinedInfo', 'inputMapping', 'url']);
			return typeof url === 'string' ? [url] : [];
		},
	);
}

/** Whether the automation is there, switched on, and calls `url`. Throws when that cannot be found out. */
export async function callsUrl(api: Api, id: string, url: string): Promise<boolean> {
	const answer = await api.ask({
		method: 'GET',
		path: `${path}/${pathStep(id)}`,
		repeatable: true,
	});
	if (!answer.ok && saysNotFound(answer.failure)) return false;
	if (!answer.ok) throw toError(api, answer.failure, id);
	const found = automationIn(answer.value.body);
	if (found === undefined) return false;
	const isActive = valueAt(found, ['configuration', 'status']) === 'ACTIVE';
	return isActive && urlsIn(found).includes(url);
}

/** Deletes an automation; one that is not there any more counts as deleted. @returns why it is still there */
async function failureOfDelete(api: Api, id: string): Promise<ApiFailure | undefined> {
	const answer = await api.ask({
		method: 'DELETE',
		path: `${path}/${pathStep(id)}`,
		// Deleting twice is the same as deleting once
		repeatable: true,
	});
	return answer.ok || saysNotFound(answer.failure) ? undefined : answer.failure;
}

/** Deletes an automation; one that is not there any more counts as deleted. Throws what went wrong. */
export async function deleteAutomation(api: Api, id: string): Promise<void> {
	const failure = await failureOfDelete(api, id);
	if (failure !== undefined) throw toError(api, failure, id);
}

/** Automations a page; the most that Wix gives at once. */
const pageSize = 100;

/** Ids of the automations that call a URL that begins so; undefined when Wix does not tell. */
async function idsCalling(api: Api, urlPrefix: string): Promise<string[] | undefined> {
	const triggerKeys = Object.values(automationEvents).map(({ triggerKey }) => triggerKey);
	const filter: JsonObject = { 'configuration.trigger.triggerKey': { $in: triggerKeys } };
	const ids: string[] = [];
	for (let cursor = ''; ;) {
		const query: JsonObject =
			cursor === ''
				? { filter, sort: [{ fieldName: 'name', order: 'ASC' }], cursorPaging: { limit: pageSize } }
				: { cursorPaging: { limit: pageSize, cursor } };
		const body: JsonObject = { query };
		const answer = await api.ask({ method: 'POST', path: `${path}/query`, body, repeatable: true });
		if (!answer.ok || !isJsonObject(answer.value.body)) return undefined;
		const { automations } = answer.value.body;
		for (const found of Array.isArray(automations) ? automations.filter(isJsonObject) : []) {
			const isOurs = urlsIn(found).some((url) => url.startsWith(urlPrefix));
			if (isOurs && typeof found.id === 'string') ids.push(found.id);
		}
		const next = valueAt(answer.value.body, ['pagingMetadata', 'cursors', 'next']);
		if (typeof next !== 'string' || next === '' || next === cursor) return ids;
		cursor = next;
	}
}

/**
 * Deletes those of `known` and all others that call a URL that begins so: an automation can have been made without its maker
 * hearing of it. Never throws.
 * @returns ids of those that are still there
 */
export async function deleteLeftovers(
	api: Api,
	known: string[],
	urlPrefix: string,
): Promise<string[]> {
	const found = (await idsCalling(api, urlPrefix)) ?? [];
	const left: string[] = [];
	for (const id of new Set([...known, ...found])) {
		if ((await failureOfDelete(api, id)) !== undefined) left.push(id);
	}
	return left;
}
