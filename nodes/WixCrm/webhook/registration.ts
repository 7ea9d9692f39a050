import { NodeOperationError, type IDataObject, type IHookFunctions } from 'n8n-workflow';

import { withItem } from '../../shared/itemErrors';
import { wixApi } from '../transport';
import { callsUrl, createAutomation, deleteAutomation } from './automations';

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

/** n8n's URL of this node with the secret in its place. */
function urlOf(context: IHookFunctions, secret: string): string {
	const url = context.getNodeWebhookUrl('default');
	if (url === undefined) {
		throw new NodeOperationError(context.getNode(), 'n8n gives this node no webhook URL');
	}
	return url.replace(':secret', secret);
}

/** Everything that is to be registered is there and switched on. A Wix app is set up by hand, so there is nothing to look at. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	if (!usesAutomations(context)) return true;
	const registration = registrationIn(context.getWorkflowStaticData('node'));
	if (registration === undefined) return false;
	const wanted = eventsOf(context);
	if (wanted.join() !== Object.keys(registration.automations).sort().join()) return false;
	const api = await wixApi(context);
	const url = urlOf(context, registration.secret);
	for (const id of Object.values(registration.automations)) {
		if (!(await callsUrl(api, id, url))) return false;
	}
	return true;
}

/** Registers an automation for each event, and takes back those that are left of an earlier time. */
export async function register(context: IHookFunctions): Promise<void> {
	if (!usesAutomations(context)) return;
	await unregister(context);
	const events = eventsOf(context);
	if (events.length === 0) {
		throw new NodeOperationError(context.getNode(), "The parameter 'Trigger On' is empty", {
			description: 'Choose at least one event.',
		});
	}
	const kept = context.getWorkflowStaticData('node');
	const secret = crypto.randomUUID().replace(/-/g, '') + crypto.randomUUID().replace(/-/g, '');
	const registration: Registration = { secret, automations: {} };
	const api = await wixApi(context);
	const url = urlOf(context, secret);
	const { name } = context.getWorkflow();
	kept[key] = registration;
	try {
		for (const event of events) {
			const title = `n8n: ${name ?? 'workflow'} (${event})`;
			registration.automations[event] = await createAutomation(api, event, url, title);
		}
	} catch (error) {
		// What is not kept by a failed activation would stay in Wix for ever
		await unregister(context);
		throw withItem(context.getNode(), error, 0);
	}
}

/** Deletes what was registered, in Wix as well. */
export async function unregister(context: IHookFunctions): Promise<void> {
	const kept = context.getWorkflowStaticData('node');
	const registration = registrationIn(kept);
	if (registration === undefined) return;
	const api = await wixApi(context);
	for (const [event, id] of Object.entries(registration.automations)) {
		await deleteAutomation(api, id);
		delete registration.automations[event];
	}
	delete kept[key];
}
