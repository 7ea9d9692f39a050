import type { INodeParameters } from 'n8n-workflow';

import { a, b, contact, user } from '../engine/builders.mts';
import { people, type Inputs } from './runMatch.mts';

interface Rule {
	wix?: string;
	user?: string;
	compare?: string;
	direction?: string;
	type?: string;
}

export const pair = (wix: string, userField: string, compare = 'exact') => ({
	wix,
	user: userField,
	compare,
});
export const email = pair('primaryInfo.email', 'profile.email.email', 'email');

/** A link rule as Match & Map's parameters hold it. */
export const link = (...pairs: Rule[]) => ({ pairs: { pair: pairs } });
/** A property rule: any text, in both directions, unless said. */
export const kept = (rule: Rule) => ({
	type: 'string',
	compare: 'exact',
	direction: 'both',
	...rule,
});

/** The parameters of a data flow with rules of its own. */
export const rules = (
	linkRules: Array<ReturnType<typeof link>>,
	properties: Rule[] = [],
	more: INodeParameters = {},
) =>
	({
		preset: 'custom',
		linkRules: { rule: linkRules },
		propertyRules: { rule: properties },
		...more,
	}) as unknown as INodeParameters;

export const twoPeople: Inputs = {
	wix: people(contact('C1', a), contact('C2', b)),
	users: people(user('U2', b), user('U1', a)),
	links: [{}],
};
