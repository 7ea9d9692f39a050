import type { NodeRun } from '../nodes/harness.mts';

/** Marked, so that one search finds them in whatever a run leaves. */
export const secrets = {
	wix: 'sk-secret-wix-7f3a',
	users: 'sk-secret-users-91bc',
	okta: 'sk-secret-okta-c20d',
	oktaClient: 'sk-secret-client-5e77',
	scim: 'sk-secret-scim-e8d1',
};
export const secretMark = 'sk-secret';

/** Every address and name that belongs to a person here holds this. */
export const personMark = 'leakmark';
export const address = `${personMark}@person.example`;
export const newAddress = `new.${personMark}@person.example`;
export const personName = `First ${personMark}`;

/** What a vendor or a proxy on the way might say: it repeats the credential and the person in every place that holds text. */
export const indiscreet = `Refused: ${address} (${personName}), sent with Authorization: Bearer ${Object.values(secrets).join(' ')}`;

/** `value` and all that it holds as text, also what JSON would leave out of an error, such as its cause. */
export function everythingIn(value: unknown): string {
	const seen = new Set<unknown>();
	const parts: string[] = [];
	const open = [value];
	for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
		if (typeof next !== 'object' || next === null) {
			parts.push(String(next));
			continue;
		}
		if (seen.has(next)) continue;
		seen.add(next);
		for (const key of Reflect.ownKeys(next)) {
			parts.push(String(key));
			open.push((next as Record<PropertyKey, unknown>)[key]);
		}
	}
	return parts.join('\n');
}

/** What the node says of a failure, to a person or to the next node: the error, error items but for their data, hints. */
export function wordsOf({ run, error, outputs }: NodeRun): unknown[] {
	const runs = run.data.resultData.runData.Node ?? [];
	const items = (outputs.Node ?? []).flat().map((item) => {
		const { error: failure, message, description, review, outcome } = item.json;
		return { failure, message, description, review, outcome, thrown: item.error };
	});
	return [error, runs.map(({ error: failed, hints }) => ({ failed, hints })), items];
}
