import { NodeOperationError, type IDataObject, type IHookFunctions } from 'n8n-workflow';

import { withItem } from '../../shared/itemErrors';
import { wixApi } from '../transport';
import { callsUrl, createAutomation, deleteAutomation, deleteLeftovers } from './automations';

/** What is kept of the automations of this node: the secret in the URL, and an id by event. */
interface Registration {
	secret: string;
	automations: Record<string, string>;
}

const key = 'registration';

export function registrationIn(kept: IDataObject): Registration | undefined {
	const found = kept[key] as Registration | undefined;
	return typeof found?.secret === 'string' && typeof found.automations === 'object'
		? found
		: undefined;
}

const usesAutomations = (context: IHookFunctions) =>
	context.getNodeParameter('source') === 'automation';

const eventsOf = (context: IHookFunctions) =>
	(context.getNodeParameter('automationEvents', []) as string[]).slice().sort();

/** n8n's URL of this node up to the secret: the beginning of all URLs that it has ever registered. */
function urlPrefixOf(context: IHookFunctions): string {
	const [prefix, rest] = context.getNodeWebhookUrl('default')?.split(':secret') ?? [];
	if (prefix === undefined || rest === undefined) {
		throw new NodeOperationError(context.getNode(), 'n8n gives this node no webhook URL');
	}
	return prefix;
}

/** Everything that is to be registered is there and switched on. A Wix app is set up by hand, so there is nothing to look at. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	if (!usesAutomations(context)) return true;
	const registration = registrationIn(context.getWorkflowStaticData('node'));
	if (registration === undefined) return false;
	const wanted = eventsOf(context);
	if (wanted.join() !== Object.keys(registration.automations).sort().join()) return false;
	const api = await wixApi(context);
	const url = urlPrefixOf(context) + registration.secret;
	for (const id of Object.values(registration.automations)) {
		if (!(await callsUrl(api, id, url))) return false;
	}
	return true;
}

/** The error of a registration, with the ids of what could not be taken back. */
function failureWith(context: IHookFunctions, error: unknown, left: string[]) {
	const failure = withItem(context.getNode(), error, 0);
	if (left.length === 0) return failure;
	const rest = `In Wix these automations are left: ${left.join(', ')}. They are deleted when this workflow is switched on the next time.`;
	failure.description = [failure.description, rest].filter(Boolean).join(' ');
	return failure;
}

/** Registers an automation for each event, and takes back those that are left of an earlier time. */
export async function register(context: IHookFunctions): Promise<void> {
	if (!usesAutomations(context)) return;
	const events = eventsOf(context);
	if (events.length === 0) {
		throw new NodeOperationError(context.getNode(), "The parameter 'Trigger On' is empty", {
			description: 'Choose at least one event.',
		});
	}
	await unregister(context);
	const secret = crypto.randomUUID().replace(/-/g, '') + crypto.randomUUID().replace(/-/g, '');
	const registration: Registration = { secret, automations: {} };
	const api = await wixApi(context);
	const prefix = urlPrefixOf(context);
	const { name } = context.getWorkflow();
	try {
		for (const event of events) {
			const title = `n8n: ${name ?? 'workflow'} (${event})`;
			registration.automations[event] = await createAutomation(api, event, prefix + secret, title);
		}
	} catch (error) {
		// n8n keeps nothing of a failed activation: what stays in Wix now would stay for ever
		const left = await deleteLeftovers(api, Object.values(registration.automations), prefix);
		throw failureWith(context, error, left);
	}
	context.getWorkflowStaticData('node')[key] = registration;
}

/** Deletes what was registered, in Wix as well. A node that listens to a Wix app now has no credential to do it with. */
export async function unregister(context: IHookFunctions): Promise<void> {
	if (!usesAutomations(context)) return;
	const kept = context.getWorkflowStaticData('node');
	const registration = registrationIn(kept);
	const api = await wixApi(context);
	for (const [event, id] of Object.entries(registration?.automations ?? {})) {
		await deleteAutomation(api, id);
		delete registration?.automations[event];
	}
	delete kept[key];
	await deleteLeftovers(api, [], urlPrefixOf(context));
}
