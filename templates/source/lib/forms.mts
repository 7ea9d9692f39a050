import { node } from './steps.mts';
import type { Parameters, Step } from './workflow.mts';

type Named = Pick<Step, 'name' | 'position' | 'settings'>;

/** A text that is asked for. */
interface FormField {
	label: string;
	/** How the answer is called in the item. */
	name: string;
	placeholder: string;
}

const field = ({ label, name, placeholder }: FormField): Parameters => ({
	fieldLabel: label,
	fieldName: name,
	fieldType: 'text',
	requiredField: true,
	placeholder,
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
		formFields: { values: fields.map(field) },
		options: { appendAttribution: false, buttonLabel, includeUserInOutput: false, ...options },
	});

/** A page that nobody answers is closed, so that no run waits for ever. */
const closing = (minutes: number): Parameters => ({
	limitWaitTime: true,
	limitType: 'afterTimeInterval',
	resumeAmount: minutes,
	resumeUnit: 'minutes',
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
