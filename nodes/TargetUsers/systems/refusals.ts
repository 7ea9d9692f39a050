import type { ApiFailure } from '../../shared/apiTypes';
import type { Refusal } from '../../shared/apply/RecordStore';
import { leavesOpen, saysNotFound } from '../../shared/failures';

/**
 * What a refusal means, by the rules that all systems follow. `known` goes first, for codes with a meaning of their own.
 * A 409 is another user with the same value; a 412 a user that was changed since it was read.
 */
export function refusalOf(
	failure: ApiFailure,
	known: (code: string) => Refusal['kind'] | undefined = () => undefined,
): Refusal {
	const code =
		failure.code ?? (failure.status === undefined ? failure.kind : `HTTP_${failure.status}`);
	const otherIds = failure.otherId === undefined ? [] : [failure.otherId];
	return { kind: kindOf(failure, known(code)), code, otherIds };
}

function kindOf(failure: ApiFailure, known: Refusal['kind'] | undefined): Refusal['kind'] {
	if (leavesOpen(failure)) return 'unclear';
	if (known !== undefined) return known;
	if (saysNotFound(failure)) return 'gone';
	if (failure.status === 409) return 'taken';
	if (failure.status === 412) return 'changed';
	if (failure.status === 403 && failure.enveloped) return 'later';
	if (failure.status === 400 && failure.enveloped) return 'badValue';
	return 'failed';
}
