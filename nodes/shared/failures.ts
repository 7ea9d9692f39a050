import { NodeApiError, type INode } from 'n8n-workflow';

import type { ApiFailure, Service } from './apiTypes';

const codePattern = /^[A-Za-z][\w .:[\]-]{0,79}$/;

/** `value` if it is fit to be shown as an error code: never a sentence that may hold a name or an address. */
export function asCode(value: unknown): string | undefined {
	return typeof value === 'string' && codePattern.test(value) ? value : undefined;
}

/** `value` if it is fit to be shown as a record id. */
export function asId(value: unknown): string | undefined {
	return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined;
}

/** A proper answer without what was asked for: no proof of anything. */
export const emptyAnswer: ApiFailure = {
	kind: 'cut',
	status: 200,
	enveloped: false,
	firstContact: false,
};

/** A refusal as the service's own answer would read, for what is known without asking it. */
export const refusalWith = (status: number, code: string): ApiFailure => ({
	kind: 'status',
	status,
	code,
	enveloped: true,
	firstContact: false,
});

const invalidId = 'INVALID_ID';

/** What an id makes of a path: a step that is `.`, `..` or nothing leads to another place than the record, encoded or not. */
const leadsElsewhere = /\/\.{0,2}(?:\/|$)/;

/** The refusal of a call that would reach another place than was meant; undefined for any other path. */
export const refusalOfPath = (path: string): ApiFailure | undefined =>
	leadsElsewhere.test(path) ? refusalWith(400, invalidId) : undefined;

/** As if the service had refused a call for now, because it is to be left alone for so many milliseconds. */
export const throttledFor = (retryAfter: number): ApiFailure => ({
	kind: 'status',
	status: 429,
	retryAfter,
	enveloped: false,
	firstContact: false,
});

/** The call was not carried out, and may be later on. */
export const isThrottled = ({ status }: ApiFailure): boolean => status === 429;

/** No later call can succeed either: a wrong key, a wrong site, a wrong URL, nobody there. */
export function hitsEverything(failure: ApiFailure): boolean {
	if (failure.status === 401) return true;
	if (failure.status === 403) return !failure.enveloped || failure.firstContact;
	return failure.firstContact && failure.kind !== 'status';
}

/** The call may or may not have been carried out: look before doing it again. 501 says that it cannot be. */
export function leavesOpen(failure: ApiFailure): boolean {
	if (failure.kind !== 'status') return true;
	if (failure.status === 501) return false;
	return failure.status === 408 || (failure.status !== undefined && failure.status >= 500);
}

/** The record that was asked for is proved not to be there: the service itself says so, not a proxy on the way. */
export function saysNotFound(failure: ApiFailure): boolean {
	return failure.kind === 'status' && failure.status === 404 && failure.enveloped;
}

function marks(failure: ApiFailure): string {
	const parts: string[] = [];
	if (failure.status !== undefined) parts.push(`HTTP ${failure.status}`);
	if (failure.code !== undefined) parts.push(`code ${failure.code}`);
	if (failure.field !== undefined) parts.push(`field ${failure.field}`);
	if (failure.requestId !== undefined) parts.push(`request id ${failure.requestId}`);
	return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** The entry for the failure's code; own entries only, because the code comes from outside. */
function byCode(
	table: Readonly<Record<string, string>> | undefined,
	{ code }: ApiFailure,
): string | undefined {
	if (table === undefined || code === undefined) return undefined;
	return Object.prototype.hasOwnProperty.call(table, code) ? table[code] : undefined;
}

function whatHappened(service: Service, failure: ApiFailure): string {
	switch (failure.kind) {
		case 'network':
			return `${service.name} could not be reached`;
		case 'page':
			return `${service.name} answered with a web page instead of data: check the URL or a proxy`;
		case 'cut':
			return `The answer of ${service.name} was cut off`;
	}
	const meaning = byCode(service.meanings, failure);
	if (meaning !== undefined) return meaning;
	if (failure.code === invalidId) return `No record of ${service.name} can have this ID`;
	const status = failure.status ?? 0;
	if (status === 401) return `${service.name} does not accept the ${service.secret}`;
	if (status === 403) return `${service.name} does not permit this`;
	if (status === 404) return `${service.name} has nothing at this place`;
	if (status === 409)
		return `${service.name} says that this is there already, or was changed meanwhile`;
	if (status === 428) return `The record is in a state in which ${service.name} does not do this`;
	if (status === 429) return `${service.name} receives too many requests`;
	if (status >= 500) return `${service.name} could not process the request`;
	return `${service.name} refused the request`;
}

function howToFix(service: Service, failure: ApiFailure): string {
	switch (failure.kind) {
		case 'network':
			return `Check the URL in the credential, and the network or proxy between n8n and ${service.name}. Then run again: what was done already is not done twice.`;
		case 'page':
			return 'Open the URL of the credential in a browser. A sign-in page, a proxy or a wrong address answers there instead of the API.';
		case 'cut':
			return 'Run again. If it stays so, look for a proxy that limits the size of answers.';
	}
	const remedy = byCode(service.remedies, failure);
	if (remedy !== undefined) return remedy;
	if (failure.code === invalidId) return 'Check the ID: nothing was sent.';
	const status = failure.status ?? 0;
	if (status === 401) return `Make a new ${service.secret} and put it into the credential.`;
	if (status === 403) return service.permissions;
	if (status === 404) return 'Check the ID, and the URL in the credential.';
	if (status === 409 || status === 428) return 'Look at the record there, then run again.';
	if (status === 429)
		return 'Run again later, or less often. The waits that the service asked for were kept.';
	if (status >= 500) return 'Run again later.';
	return 'Check the values that were sent.';
}

/** The failure in words for a person: what happened and how to fix it, in one sentence each. */
export function explain(
	service: Service,
	failure: ApiFailure,
): { message: string; description: string } {
	return {
		message: `${whatHappened(service, failure)}${marks(failure)}`,
		description: howToFix(service, failure),
	};
}

/** As one text without the request id, so that it stays the same from run to run. */
export function explainMatter(service: Service, failure: ApiFailure): string {
	const { message, description } = explain(service, { ...failure, requestId: undefined });
	return `${message}. ${description}`;
}

/** Characters of a subject that a message shows. */
const longestSubject = 600;

/** A subject as a message shows it: its id may come from a service, which can say anything. */
function shown(subject: string): string {
	const text = subject.replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd');
	return text.length > longestSubject ? `${text.slice(0, longestSubject)}…` : text;
}

/** `subject` names the record that it is about, by kind and id. */
export function toNodeApiError(
	node: INode,
	service: Service,
	failure: ApiFailure,
	itemIndex: number,
	subject?: string,
): NodeApiError {
	const { message, description } = explain(service, failure);
	const code = failure.status === undefined ? {} : { httpCode: String(failure.status) };
	return new NodeApiError(
		node,
		{ message },
		{
			message: subject ? `${shown(subject)}: ${message}` : message,
			description,
			...code,
			itemIndex,
		},
	);
}
