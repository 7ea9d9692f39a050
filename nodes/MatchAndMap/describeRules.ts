import type { Comparison, DataFlow, LinkRule, PropertyRule } from '../shared/contracts';

const code = (path: string) => `<code>${path}</code>`;

const sameWhen: Record<Comparison, string> = {
	email: 'are the same e-mail address (case does not count)',
	phone: 'have the same digits',
	ignoreCase: 'are the same text (case does not count)',
	exact: 'are exactly the same',
};

const directions: Record<PropertyRule['direction'], string> = {
	both: 'in both directions, wherever the edit was made',
	toUsers: 'from Wix to the user',
	toWix: 'from the user to Wix',
};

/** The parts of a description: with `<code>` around paths for a notice, or plain for an option. */
interface Style {
	path: (path: string) => string;
	heading: (text: string) => string;
	between: string;
}

const asHtml: Style = { path: code, heading: (text) => `<b>${text}</b>`, between: '<br>' };
const asText: Style = { path: (path) => path, heading: (text) => text, between: ' ' };

function linkSentence({ pairs }: LinkRule, entity: DataFlow['wixEntity'], { path }: Style): string {
	const parts = pairs.map(
		({ wix, user, compare }) =>
			`${path(wix)} of the Wix ${entity} and ${path(user)} of the user ${sameWhen[compare]}`,
	);
	return parts.join(', and ');
}

function propertySentences(rules: readonly PropertyRule[], { path }: Style): string[] {
	const byDirection = new Map<PropertyRule['direction'], string[]>();
	for (const { direction, wix, user } of rules) {
		const pairs = byDirection.get(direction) ?? [];
		byDirection.set(direction, [...pairs, `${path(wix)} and ${path(user)}`]);
	}
	return [...byDirection].map(
		([direction, pairs]) => `${pairs.join('; ')} (${directions[direction]})`,
	);
}

function describe(flow: DataFlow, style: Style): string {
	const link = flow.link
		.map((rule) => linkSentence(rule, flow.wixEntity, style))
		.join(', or when ');
	const kept = propertySentences(flow.properties, style).join('; ');
	return [
		`${style.heading('Linked')} when ${link}.`,
		`${style.heading('Then kept the same:')} ${kept}.`,
	].join(style.between);
}

/** The rules of a data flow as a notice in the node shows them (HTML; for flows of the project's own only). */
export const rulesAsHtml = (flow: DataFlow): string => describe(flow, asHtml);

/** The rules of a data flow in plain words. */
export const rulesAsText = (flow: DataFlow): string => describe(flow, asText);
