import { node } from './steps.mts';
import type { Parameters, Step } from './workflow.mts';

type Named = Pick<Step, 'name' | 'position' | 'settings'>;

export interface FormField {
	label: string;
	placeholder?: string;
	/** A drop-down of these instead of a text. */
	choices?: readonly string[];
	/** May stay empty. */
	optional?: boolean;
	/** How the answer is called in the item; its label, where not given. */
	name?: string;
}

const field = ({ label, placeholder, choices, optional, name }: FormField): Parameters => ({
	fieldLabel: label,
	...(name === undefined ? {} : { fieldName: name }),
	fieldType: choices === undefined ? 'text' : 'dropdown',
	requiredField: optional !== true,
	...(placeholder === undefined ? {} : { placeholder }),
	...(choices === undefined
		? {}
		: { fieldOptions: { values: choices.map((option) => ({ option })) } }),
});

const fieldsOf = (fields: readonly FormField[]): Parameters => ({
	formFields: { values: fields.map(field) },
});

/** A form that only people see who are logged in to n8n and may run this workflow; it needs no credential. */
export const formForUsers = (
	named: Named,
	title: string,
	description: string,
	fields: readonly FormField[],
	buttonLabel: string,
	options: Parameters = {},
): Step =>
	node(named, 'n8n-nodes-base.formTrigger', 2.6, {
		authentication: 'n8nUserAuth',
		requireExecuteAccess: true,
		formTitle: title,
		formDescription: description,
		...fieldsOf(fields),
		options: { appendAttribution: false, buttonLabel, includeUserInOutput: false, ...options },
	});

/** A page that nobody answers is closed, so that no run waits for ever. */
const closing = (minutes: number): Parameters => ({
	limitWaitTime: true,
	limitType: 'afterTimeInterval',
	resumeAmount: minutes,
	resumeUnit: 'minutes',
});

/** A further page; the run goes on without an answer after so many minutes. */
export const formPage = (
	named: Named,
	title: string,
	description: string,
	fields: readonly FormField[],
	limits: { minutes: number; buttonLabel: string },
): Step =>
	node(named, 'n8n-nodes-base.form', 2.5, {
		...fieldsOf(fields),
		...closing(limits.minutes),
		options: {
			formTitle: title,
			formDescription: description,
			buttonLabel: limits.buttonLabel,
		},
	});

/**
 * A further page whose elements an expression gives, as n8n's JSON lists them. n8n puts that list into a text, where a `$` would
 * be read as a reference.
 */
export const pageOfExpression = (
	named: Named,
	page: { title: string; fields: string; buttonLabel: string; css: string; minutes: number },
): Step =>
	node(named, 'n8n-nodes-base.form', 2.5, {
		defineForm: 'json',
		jsonOutput: `={{ JSON.stringify(${page.fields}).replaceAll('$', '\\\\u0024') }}`,
		...closing(page.minutes),
		options: { formTitle: page.title, buttonLabel: page.buttonLabel, customCss: page.css },
	});

/** The last page; the run ends after so many minutes if nobody opens it. */
export const formEnd = (named: Named, title: string, message: string, minutes: number): Step =>
	node(named, 'n8n-nodes-base.form', 2.5, {
		operation: 'completion',
		completionTitle: title,
		completionMessage: message,
		...closing(minutes),
		options: {},
	});
