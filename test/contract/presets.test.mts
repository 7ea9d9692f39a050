import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { contactsAndUsers, membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import { MatchAndMap } from '../../nodes/MatchAndMap/MatchAndMap.node';
import type { Comparison, DataFlow, PropertyRule } from '../../nodes/shared/contract/index';

const { properties } = new MatchAndMap().description;
const rules = properties.find(({ name }) => name === 'preset') as INodeProperties;
const options = rules.options as INodePropertyOptions[];
const flows: Record<string, DataFlow> = { contactsAndUsers, membersAndUsers };

const spoken: Record<Comparison, string> = {
	email: 'the same email address',
	phone: 'the same digits',
	ignoreCase: 'the same text',
	exact: 'exactly the same',
};
const directions: Record<PropertyRule['direction'], string> = {
	both: 'in both directions',
	toUsers: 'from Wix to the user',
	toWix: 'from the user to Wix',
};

const noticeOf = (preset: string) =>
	properties.find(
		({ type, displayOptions }) =>
			type === 'notice' && displayOptions?.show?.preset?.includes(preset),
	)?.displayName ?? '';

test('the presets of the engine and Custom can be chosen', () => {
	expect(options.map(({ value }) => value)).toEqual([...Object.keys(flows), 'custom']);
});

describe.each(Object.entries(flows))('%s', (preset, flow) => {
	const inShort = options.find(({ value }) => value === preset)?.description ?? '';
	const notice = noticeOf(preset)
		.replace(/<\/?(?:ul|li)>/g, ' ')
		.replace(/\s+/g, ' ');
	const known = [...flow.link.flatMap(({ pairs }) => pairs), ...flow.properties];
	const fieldsIn = (text: string) => new Set(text.match(/\b(?:\w+\.\w[\w.]*\w|loginEmail)\b/g));

	test('its notice says each rule of the engine, and no other field', () => {
		for (const { pairs } of flow.link)
			for (const { wix, user, compare } of pairs)
				expect(notice).toContain(
					`${wix} of the Wix ${flow.wixEntity} and ${user} of the user are ${spoken[compare]}`,
				);
		for (const { wix, user, direction } of flow.properties) {
			expect(notice).toContain(`${wix} and ${user}`);
			expect(notice).toContain(directions[direction]);
		}
		expect(fieldsIn(notice)).toEqual(new Set(known.flatMap(({ wix, user }) => [wix, user])));
	});

	test('its option names the fields it links by, and those of Wix that are kept the same', () => {
		for (const { pairs } of flow.link)
			for (const { wix, user } of pairs) expect(inShort).toContain(`${wix} = ${user}`);
		const kept = flow.properties.map(({ wix }) => wix);
		expect(inShort).toContain(`kept the same both ways: ${[...new Set(kept)].join(', ')}`);
	});

	// All other markup is taken out of a notice by n8n 2.41, and the words run into each other
	test('its notice is shown for it alone, marked up with what n8n shows', () => {
		expect(
			noticeOf(preset)
				.match(/<[^>]*>/g)
				?.every((tag) => /^<\/?(ul|li)>$/.test(tag)),
		).toBe(true);
	});
});
