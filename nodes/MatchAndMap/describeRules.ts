import type { Comparison, DataFlow, LinkRule, PropertyRule } from '../shared/contract';
import { grouped } from '../shared/grouped';

const sameWhen: Record<Comparison, string> = {
	email: 'are the same email address (case does not count)',
	phone: 'have the same digits',
	ignoreCase: 'are the same text (case does not count)',
	exact: 'are exactly the same',
};

const directions: Record<PropertyRule['direction'], string> = {
	both: 'in both directions, wherever the edit was made',
	toUsers: 'from Wix to the user',
	toWix: 'from the user to Wix',
};

const ways: Record<PropertyRule['direction'], string> = {
	both: 'both ways',
	toUsers: 'to the user',
	toWix: 'to Wix',
};

function linkSentence({ pairs }: LinkRule, entity: DataFlow['wixEntity']): string {
	const parts = pairs.map(
		({ wix, user, compare }) =>
			`${wix} of the Wix ${entity} and ${user} of the user ${sameWhen[compare]}`,
	);
	return parts.join(', and ');
}

/** Of all markup n8n lets a notice have lists and links only. */
const list = (items: readonly string[]) =>
	`<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

/** The rules of a data flow as a notice in the node shows them (HTML; for flows of the project's own only). */
export function rulesAsHtml({ link, properties, wixEntity }: DataFlow): string {
	const linked = list(link.map((rule) => linkSentence(rule, wixEntity)));
	const kept = [...grouped(properties, ({ direction }) => direction)].map(([direction, rules]) => {
		const pairs = list(rules.map(({ wix, user }) => `${wix} and ${user}`));
		return `Then kept the same, ${directions[direction]}: ${pairs}`;
	});
	return `Linked when ${linked}${kept.join('')}`;
}

/** The rules of a data flow in one short sentence: n8n shows two lines of an option's description. */
export function rulesInShort({ link, properties }: DataFlow): string {
	const linked = link.map(({ pairs }) =>
		pairs.map(({ wix, user }) => `${wix} = ${user}`).join(' and '),
	);
	const kept = [...grouped(properties, (rule) => rule.direction)].map(
		([direction, rules]) =>
			`${ways[direction]}: ${[...new Set(rules.map(({ wix }) => wix))].join(', ')}`,
	);
	return `Linked by ${linked.join(', or ')}. Then kept the same ${kept.join('; ')}.`;
}
