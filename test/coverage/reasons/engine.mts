import type { Reasons } from '../reasons.mts';

const place =
	'Every message that parameters can bring about names one of them; one that will be added without it is to be shown as well.';

export const engine: Reasons = {
	'nodes/MatchAndMap/MatchAndMap.node.ts': [
		{ line: "? 'Correct this parameter of the node'", why: place },
		{ line: 'if (place !== undefined) shown.context.parameter', why: place },
	],
	'nodes/MatchAndMap/whichParameter.ts': [
		{
			line: 'find(field, parameters)?.label ?? field',
			why: 'Every parameter that is named is in the form; a search may find none by its type.',
		},
	],
	'nodes/MatchAndMap/readPath.ts': [
		{
			line: "const text = String(entered ?? '');",
			why: 'n8n puts the default, an empty text, in place of what is absent from a row; its type leaves it open.',
		},
	],
	'nodes/MatchAndMap/readPolicies.ts': [
		{
			line: 'const defaultGuard = defaultPolicies.guard ??',
			why: 'The guard is on by default; the type of the policies allows for none.',
		},
	],
	'nodes/MatchAndMap/readRules.ts': [
		{
			line: "String(context.getNodeParameter(name, 0, '') ?? '').trim()",
			why: 'These parameters take no expression, and n8n puts the default in place of what is absent.',
		},
	],
	'nodes/MatchAndMap/engine/decide/property.ts': [
		{
			line: 'return this.write(target, reading, stand ?? null, editReason(target));',
			why: 'A blank stand has returned before; its type does not know that.',
		},
		{
			line: "if (now.wix.key === now.users.key) return { kind: 'same' };",
			why: 'Sides that agree were settled before: this is asked only of two that differ.',
		},
	],
	'nodes/MatchAndMap/engine/decide/names.ts': [
		{
			line: 'valueAt(source.record, parsePath(path) ?? [])',
			why: 'The paths are written in this file, and are paths.',
		},
	],
	'nodes/MatchAndMap/engine/read/records.ts': [
		{
			line: "return sameAs === undefined ? (read.otherKeys?.[rule] ?? '') : read.key(sameAs);",
			why: 'The keys of a record were read for each rule of the flow; an entry of a list may be absent by its type.',
		},
	],
	'nodes/MatchAndMap/engine/tell/reportTables.ts': [
		{
			line: "return escape(cut(typeof value === 'string' ? value : (jsonText(value) ?? '…')));",
			why: 'A value that has no JSON is a fault of its record, which is not planned for; the report must not fail over one all the same.',
		},
	],
};
