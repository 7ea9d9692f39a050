import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { clock } from '../../shared/clock';
import { eventIn, type DomainEvent } from './domainEvent';
import { inboxIn, joined, receive } from './inbox';
import { publicKeyIn, verified } from './jwt';
import { receivedHere, rememberHere } from './receivedHere';

export type Received =
	| { outcome: 'refused'; why: string }
	| { outcome: 'ignored' }
	| { outcome: 'taken'; item: IDataObject };

const key = 'inbox';

/** The message: Wix sends it as text, which n8n reads into a string or leaves as bytes. */
async function tokenOf(context: IWebhookFunctions): Promise<string> {
	const request = context.getRequestObject();
	if (typeof request.body === 'string') return request.body;
	await request.readRawBody();
	return request.rawBody?.toString('utf8') ?? '';
}

function itemOf(event: DomainEvent, arrival: string): IDataObject {
	const { sequence, entity, body, ...rest } = event;
	return {
		...rest,
		sequence: String(sequence),
		isLate: arrival === 'late',
		...(entity === undefined ? {} : { entity }),
		...(body === undefined ? {} : { body }),
	};
}

/** One message of a Wix app: refused unless it is signed by it, ignored where it came before or is not asked for. */
export async function receiveFromApp(context: IWebhookFunctions): Promise<Received> {
	const publicKey = await publicKeyIn(String(context.getNodeParameter('publicKey', '')));
	if (publicKey === undefined) {
		return { outcome: 'refused', why: "the parameter 'Public Key' is no public key" };
	}
	const appId = String(context.getNodeParameter('appId', '')).trim();
	const verdict = await verified(await tokenOf(context), publicKey, appId, clock.now());
	if (!verdict.ok) return { outcome: 'refused', why: verdict.why };
	const event = eventIn(verdict.claims);
	if (event === undefined) return { outcome: 'refused', why: 'it holds no event' };

	const wanted = context.getNodeParameter('appEvents', []) as string[];
	const isWanted = wanted.length === 0 || wanted.includes(event.type);
	const instance = String(context.getNodeParameter('options.instanceId', '')).trim();
	if (!isWanted || (instance !== '' && instance !== event.instanceId)) {
		return { outcome: 'ignored' };
	}
	const kept = context.getWorkflowStaticData('node');
	// A test in the editor hears everything again: n8n keeps nothing of it either
	const isTest = context.getMode() === 'manual';
	const before = isTest ? undefined : receivedHere(context);
	const known = inboxIn(kept[key]);
	const { arrival, inbox } = receive(before ? joined(known, before) : known, event);
	kept[key] = { ...inbox };
	if (!isTest) rememberHere(context, inbox);
	const takesLate = context.getNodeParameter('options.deliverLate', false) === true;
	if (arrival === 'repeated' || (arrival === 'late' && !takesLate)) return { outcome: 'ignored' };
	return { outcome: 'taken', item: itemOf(event, arrival) };
}
