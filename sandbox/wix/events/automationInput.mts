import type { JsonObject, JsonValue } from '../../../nodes/shared/contract/index';
import { isJsonObject } from '../../../nodes/shared/paths';
import { validationError } from '../errors.mts';
import { isTrigger } from './triggers.mts';
import { isWebAddress } from './webAddress.mts';

/** The app of Wix whose action calls a URL. */
const webhooksApp = '139ef4fa-c108-8f9a-c7be-d5f492a2c939';

const guid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const mostRootActions = 20;
const longestName = 500;
const configurationField = 'automation.configuration';

function objectAt(container: JsonObject, key: string, field: string): JsonObject {
	const value = container[key];
	if (value === undefined) throw validationError(field, 'is required', 'REQUIRED_FIELD');
	if (!isJsonObject(value)) throw validationError(field, 'expected an object', 'TYPE');
	return value;
}

function textAt(container: JsonObject, key: string, field: string, longest: number): string {
	const value = container[key];
	if (value === undefined) throw validationError(field, 'is required', 'REQUIRED_FIELD');
	if (typeof value !== 'string' || value === '' || value.length > longest) {
		throw validationError(field, `must have 1 to ${longest} characters`, 'MAX_LENGTH');
	}
	return value;
}

function checkGuid(value: JsonValue | undefined, field: string): void {
	if (typeof value !== 'string' || !guid.test(value)) {
		throw validationError(field, 'must be a GUID', 'FORMAT');
	}
}

function oneOf(container: JsonObject, key: string, field: string, choices: string[]): void {
	if (choices.includes(textAt(container, key, field, longestName))) return;
	throw validationError(field, `must be one of ${choices.join(', ')}`, 'ENUM');
}

function checkTrigger(configuration: JsonObject): void {
	const field = `${configurationField}.trigger`;
	const trigger = objectAt(configuration, 'trigger', field);
	const appId = textAt(trigger, 'appId', `${field}.appId`, 36);
	checkGuid(appId, `${field}.appId`);
	const triggerKey = textAt(trigger, 'triggerKey', `${field}.triggerKey`, 100);
	if (!isTrigger(appId, triggerKey)) {
		throw validationError(`${field}.triggerKey`, 'is no trigger of this app', 'OTHER');
	}
	if (Array.isArray(trigger.filters) && trigger.filters.length > 0) {
		throw validationError(`${field}.filters`, 'cannot be evaluated by the sandbox', 'OTHER');
	}
}

function checkAction(id: string, action: JsonValue): void {
	const field = `${configurationField}.actions.${id}`;
	checkGuid(id, field);
	if (!isJsonObject(action)) throw validationError(field, 'expected an object', 'TYPE');
	if (action.id !== undefined && action.id !== id) {
		throw validationError(`${field}.id`, 'must be the key of the action', 'OTHER');
	}
	oneOf(action, 'type', `${field}.type`, ['APP_DEFINED']);
	const info = objectAt(action, 'appDefinedInfo', `${field}.appDefinedInfo`);
	if (info.appId !== webhooksApp || info.actionKey !== 'webhooks-action') {
		throw validationError(`${field}.appDefinedInfo.actionKey`, 'is no known action', 'OTHER');
	}
	const mapping = objectAt(info, 'inputMapping', `${field}.appDefinedInfo.inputMapping`);
	const url = textAt(mapping, 'url', `${field}.appDefinedInfo.inputMapping.url`, 2048);
	if (!isWebAddress(url)) {
		throw validationError(`${field}.appDefinedInfo.inputMapping.url`, 'must be a URL', 'FORMAT');
	}
	oneOf(mapping, 'method', `${field}.appDefinedInfo.inputMapping.method`, ['POST']);
}

/** Checks an automation that is to be made, by the rules of the fields of `createAutomation` in Wix's SDK; only calls of a URL are known as actions. */
export function checkAutomation(automation: JsonObject): void {
	textAt(automation, 'name', 'automation.name', longestName);
	oneOf(automation, 'origin', 'automation.origin', ['USER', 'APPLICATION']);
	const configuration = objectAt(automation, 'configuration', configurationField);
	oneOf(configuration, 'status', `${configurationField}.status`, ['ACTIVE', 'INACTIVE']);
	checkTrigger(configuration);
	const actions = objectAt(configuration, 'actions', `${configurationField}.actions`);
	for (const [id, action] of Object.entries(actions)) checkAction(id, action);
	const roots = configuration.rootActionIds;
	const field = `${configurationField}.rootActionIds`;
	if (roots === undefined) throw validationError(field, 'is required', 'REQUIRED_FIELD');
	const isList = Array.isArray(roots) && roots.length > 0 && roots.length <= mostRootActions;
	if (!isList) throw validationError(field, `must hold 1 to ${mostRootActions} ids`, 'MAX_SIZE');
	for (const id of roots) {
		checkGuid(id, field);
		if (!Object.hasOwn(actions, String(id)))
			throw validationError(field, 'names an action that is not there', 'OTHER');
	}
}

/** The URLs that a checked automation calls. */
export function urlsOf(automation: JsonObject): string[] {
	const configuration = objectAt(automation, 'configuration', configurationField);
	const actions = objectAt(configuration, 'actions', `${configurationField}.actions`);
	const roots = Array.isArray(configuration.rootActionIds) ? configuration.rootActionIds : [];
	return roots.map((id) => {
		const info = objectAt(objectAt(actions, String(id), ''), 'appDefinedInfo', '');
		return String(objectAt(info, 'inputMapping', '').url);
	});
}
