import type { Api } from '../../shared/Api';
import type { ApiFailure } from '../../shared/apiTypes';
import { waitBeforeRetry } from '../../shared/backoff';
import type { JsonObject } from '../../shared/contract';
import { isJsonObject } from '../../shared/paths';
import { present } from '../../shared/present';
import { contactPath, readContact, refusalOf } from './contactStore';

export type Merged =
	| { outcome: 'merged'; record: JsonObject }
	| { outcome: 'gone'; id: string }
	| { outcome: 'failed'; failure: ApiFailure };

const mostTries = 4;

/** Those of `sourceIds` that are contacts of their own still; a merged one's id answers with the contact it became. */
async function unmerged(
	api: Api,
	targetId: string,
	sourceIds: readonly string[],
): Promise<string[] | Merged> {
	const left: string[] = [];
	for (const id of sourceIds) {
		const found = await readContact(api, id);
		if (!found.ok) return { outcome: 'failed', failure: found.failure };
		if (found.value === undefined) return { outcome: 'gone', id };
		if (found.value.id !== targetId) left.push(id);
	}
	return left;
}

/**
 * Merges the sources into the target, under the target's revision. After a lost answer or a conflict it looks first which
 * sources are left, so that it can be repeated.
 */
export async function mergeContacts(
	api: Api,
	targetId: string,
	sourceIds: readonly string[],
): Promise<Merged> {
	let left: readonly string[] = sourceIds;
	for (let tries = 1; ; tries++) {
		const target = await readContact(api, targetId);
		if (!target.ok) return { outcome: 'failed', failure: target.failure };
		if (target.value === undefined) return { outcome: 'gone', id: targetId };
		const id = String(target.value.id);
		if (tries > 1) {
			const found = await unmerged(api, id, left);
			if ('outcome' in found) return found;
			left = found;
		}
		if (left.length === 0) return { outcome: 'merged', record: target.value };
		const answer = await api.ask({
			method: 'POST',
			path: `${contactPath(id)}/merge`,
			body: present({
				targetContactRevision: target.value.revision,
				sourceContactIds: [...left],
			}),
			repeatable: false,
		});
		if (answer.ok) {
			const { body } = answer.value;
			const record = isJsonObject(body) && isJsonObject(body.contact) ? body.contact : target.value;
			return { outcome: 'merged', record };
		}
		const { failure } = answer;
		const { kind } = refusalOf(failure);
		if (!['changed', 'unclear'].includes(kind) || tries >= mostTries) {
			return { outcome: 'failed', failure };
		}
		if (kind === 'unclear') await waitBeforeRetry(tries, failure.retryAfter);
	}
}
