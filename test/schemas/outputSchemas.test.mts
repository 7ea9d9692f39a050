import { existsSync, readFileSync } from 'node:fs';

import Ajv from 'ajv';

import type { JsonObject } from '../../nodes/shared/contract/index';
import { contactsAndUsers, membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import { parsePath } from '../../nodes/shared/paths';
import { generatePeople } from '../../sandbox/people/people.mts';
import { freshWorld } from '../nodes/freshWorld.mts';
import { byId, runOn } from '../nodes/wixRun.mts';
import { outputSchemas, sampleContact, sampleMember } from './outputSchemas.mts';

const { world } = freshWorld(async ({ wix }) => await wix.reset());

const fileOf = (resource: string, operation: string) =>
	`nodes/WixCrm/__schema__/v1.0.0/${resource}/${operation}.json`;
const read = (path: string) =>
	JSON.parse(existsSync(path) ? readFileSync(path, 'utf8') : '{}') as JsonObject;

/** Each place with its type, so that what is missing or more is named. */
function placesOf(schema: JsonObject, at = ''): string[] {
	const { type, properties, items } = schema;
	const below = [
		...Object.entries((properties ?? {}) as Record<string, JsonObject>).map(
			([name, each]) => [`${at}.${name}`, each] as const,
		),
		...(items === undefined ? [] : [[`${at}[]`, items as JsonObject] as const]),
	];
	return [`${at}: ${String(type)}`, ...below.flatMap(([place, each]) => placesOf(each, place))];
}

it('ships exactly the schemas that are written out of the samples', () => {
	// `npm run schemas` writes them anew
	for (const [path, text] of outputSchemas()) {
		expect(`${path}\n${existsSync(path) ? readFileSync(path, 'utf8') : ''}`).toBe(
			`${path}\n${text}`,
		);
	}
});

describe.each(['contact', 'member', 'label'])('%s', (resource) => {
	const run = runOn(world, resource);

	it.each(['full', 'syncFields'])(
		'holds for everybody that Get Many gives as %s: no field of another type, the same ones at the top',
		async (output) => {
			const { contacts, members } = generatePeople(7, 60).wix;
			await world().wix.put({ contacts, members });
			const { json, error } = await run('getAll', { returnAll: true, output });
			expect(error).toBeUndefined();
			expect(json.length).toBeGreaterThan(3);
			const schema = read(fileOf(resource, 'getAll'));
			const validate = new Ajv({ strict: false }).compile(schema);
			const given = new Set<string>();
			for (const item of json) {
				validate(item);
				expect(validate.errors).toBeNull();
				for (const name of Object.keys(item)) given.add(name);
			}
			const listed = Object.keys(schema.properties as JsonObject);
			expect(listed.filter((name) => !given.has(name))).toEqual([]);
		},
	);
});

it.each([
	{
		resource: 'contact',
		sample: sampleContact,
		state: (one: JsonObject) => ({ contacts: [one], members: [] }),
	},
	{
		resource: 'member',
		sample: sampleMember,
		state: (one: JsonObject) => ({ contacts: [], members: [one] }),
	},
])(
	'lists the fields of a $resource that the node gives for the sample',
	async ({ resource, sample, state }) => {
		await world().wix.put(state(sample()));
		const { json, error } = await runOn(world, resource)('get', {
			[`${resource}Id`]: byId(String(sample().id)),
		});
		expect(error).toBeUndefined();
		const given = new Set(Object.keys(json[0] ?? {}));
		const listed = Object.keys(read(fileOf(resource, 'get')).properties as JsonObject);
		expect(listed.filter((name) => !given.has(name))).toEqual([]);
	},
);

it('lists what the presets link by', () => {
	for (const [resource, flow] of [
		['contact', contactsAndUsers],
		['member', membersAndUsers],
	] as const) {
		const places = placesOf(read(fileOf(resource, 'getAll')));
		for (const { wix } of flow.link.flatMap(({ pairs }) => pairs))
			expect(places).toContain(`.${(parsePath(wix) ?? []).join('.')}: string`);
	}
});
