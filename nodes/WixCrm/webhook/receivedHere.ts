import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Inbox } from './inbox';

/**
 * What this process has received, by node. n8n reads what it keeps for a node before a message is looked at, and writes it when
 * the message is answered: of two messages at the same time, neither would find the other there.
 */
const received = new Map<string, Inbox>();

type Context = Pick<IHookFunctions | IWebhookFunctions, 'getWorkflow' | 'getNode'>;

const keyOf = (context: Context) => `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;

export const receivedHere = (context: Context): Inbox | undefined => received.get(keyOf(context));

export function rememberHere(context: Context, inbox: Inbox): void {
	received.set(keyOf(context), inbox);
}

export function forgetHere(context: Context): void {
	received.delete(keyOf(context));
}
