import type { IDataObject } from 'n8n-workflow';

/** Adds `condition` to what `filter` asks of `field`; lists of one operator are joined. */
export function addCondition(filter: IDataObject, field: string, condition: IDataObject): void {
	const present = (filter[field] ?? {}) as IDataObject;
	const joined: IDataObject = { ...present };
	for (const [operator, value] of Object.entries(condition)) {
		const before = present[operator];
		joined[operator] =
			Array.isArray(before) && Array.isArray(value)
				? [...new Set([...before, ...value] as string[])]
				: value;
	}
	filter[field] = joined;
}
