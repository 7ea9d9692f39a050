import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { JsonObject, JsonValue } from '../../nodes/shared/contracts';
import { isJsonObject } from '../../nodes/shared/paths';

/** One type for each place, as n8n's editor reads it; the first item of a list speaks for all. */
function schemaOf(value: JsonValue): JsonObject {
	if (value === null) return { type: 'null' };
	if (Array.isArray(value)) {
		const [first] = value;
		return { type: 'array', ...(first === undefined ? {} : { items: schemaOf(first) }) };
	}
	if (!isJsonObject(value)) return { type: typeof value };
	const properties = Object.fromEntries(
		Object.entries(value).map(([name, each]) => [name, schemaOf(each)]),
	);
	return { type: 'object', properties };
}

const fixture = (name: string): JsonObject =>
	JSON.parse(
		readFileSync(join(process.cwd(), 'test/fixtures/wix', `${name}.json`), 'utf8'),
	) as JsonObject;

const objectAt = (holder: JsonObject, name: string): JsonObject => {
	const value = holder[name];
	return isJsonObject(value) ? value : {};
};

/** A contact as Wix shows it; each site has extended fields of its own, which nobody can foresee. */
export function sampleContact(): JsonObject {
	const contact = objectAt(fixture('contact-v4'), 'contact');
	const info = objectAt(contact, 'info');
	return { ...contact, info: { ...info, extendedFields: { items: {} } } };
}

export function sampleMember(): JsonObject {
	const member = objectAt(fixture('member'), 'member');
	return { ...member, contact: { ...objectAt(member, 'contact'), customFields: {} } };
}

export function sampleLabel(): JsonObject {
	const { labels } = fixture('labels-list-response');
	const [label] = Array.isArray(labels) ? labels : [];
	return isJsonObject(label) ? label : {};
}

const samples = { contact: sampleContact, member: sampleMember, label: sampleLabel };

/** What the operations give that show a record as Wix does: n8n's editor lists these fields before the first run. */
const operations = ['get', 'getAll'];

/** Folder of the first version of the node; n8n looks there by resource and operation. */
const FOLDER = 'nodes/WixCrm/__schema__/v1.0.0';

/** The content of each schema file by its path. */
export const outputSchemas = (): Map<string, string> =>
	new Map(
		Object.entries(samples).flatMap(([resource, sample]) =>
			operations.map((operation) => {
				const schema = { ...schemaOf(sample()), version: 1 };
				const text = `${JSON.stringify(schema, undefined, '\t')}\n`;
				return [`${FOLDER}/${resource}/${operation}.json`, text] as const;
			}),
		),
	);
