import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectMember } from '../../nodes/WixCrm/records/memberProjection';
import { objectAt } from '../../nodes/WixCrm/records/parts';
import { project } from '../../nodes/WixCrm/records/projection';
import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
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

/** What goes through JSON: without keys that hold nothing. */
const asJson = (value: object) => JSON.parse(JSON.stringify(value)) as JsonValue;

const fixture = (name: string): JsonObject =>
	JSON.parse(
		readFileSync(join(process.cwd(), 'test/fixtures/wix', `${name}.json`), 'utf8'),
	) as JsonObject;

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

/**
 * By resource and operation what n8n's editor lists before the first run. A step may be set to read only what a sync needs, and n8n
 * does not tell the setting: of many, only the fields are listed that both give.
 */
const samples: Record<string, Record<string, () => JsonValue>> = {
	contact: { get: sampleContact, getAll: () => asJson(project(sampleContact(), 'syncFields')) },
	member: { get: sampleMember, getAll: () => asJson(projectMember(sampleMember(), 'syncFields')) },
	label: { get: sampleLabel, getAll: sampleLabel },
};

/** Folder of the first version of the node; n8n looks there by resource and operation. */
const FOLDER = 'nodes/WixCrm/__schema__/v1.0.0';

/** The content of each schema file by its path. */
export const outputSchemas = (): Map<string, string> =>
	new Map(
		Object.entries(samples).flatMap(([resource, operations]) =>
			Object.entries(operations).map(([operation, sample]) => {
				const schema = { ...schemaOf(sample()), version: 1 };
				const text = `${JSON.stringify(schema, undefined, '\t')}\n`;
				return [`${FOLDER}/${resource}/${operation}.json`, text] as const;
			}),
		),
	);
