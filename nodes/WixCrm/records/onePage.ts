import type { Api } from '../../shared/Api';
import type { ApiAnswer, Attempt, Call } from '../../shared/apiTypes';
import type { JsonObject } from '../../shared/contract';
import { emptyAnswer } from '../../shared/failures';
import type { Page } from '../../shared/listing';

/** The records of one page; an answer that holds no list is a failure, not a page without records. */
export async function askOnePage(
	api: Api,
	call: Call,
	pageIn: (answer: ApiAnswer) => Page | undefined,
): Promise<Attempt<JsonObject[]>> {
	const answer = await api.ask(call);
	if (!answer.ok) return answer;
	const page = pageIn(answer.value);
	return page === undefined
		? { ok: false, failure: emptyAnswer }
		: { ok: true, value: page.records };
}
