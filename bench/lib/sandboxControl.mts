import type { JsonObject } from '../../nodes/shared/contract/index';

/** The requests that a sandbox server has counted. */
export interface Counts {
	total: number;
	writes: number;
	byRoute: Record<string, number>;
	bytesIn: number;
	bytesOut: number;
}

/** Sends one call to the control surface of the server at `base`; throws what went wrong. */
export async function control<T>(
	base: string,
	call: string,
	method: string,
	body?: JsonObject,
): Promise<T> {
	const response = await fetch(`${base}/sandbox/${call}`, {
		method,
		headers: { 'content-type': 'application/json' },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	if (!response.ok) throw new Error(`${call}: ${response.status} ${await response.text()}`);
	return (await response.json()) as T;
}
