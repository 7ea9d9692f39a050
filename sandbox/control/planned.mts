import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ControlError, type Answer } from './http.mts';

interface Plan {
	method: string;
	path: string;
	answer: Answer;
	skip: number;
	left: number;
}

const count = (value: JsonValue | undefined, fallback: number): number => {
	if (value === undefined) return fallback;
	if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
	throw new ControlError(400, '"skip" and "times" take a whole number.');
};

function answerOf(plan: JsonObject): Answer {
	const { status, body, text, headers } = plan;
	if (typeof status !== 'number') throw new ControlError(400, '"status" must be a number.');
	return {
		status,
		...(isJsonObject(body) ? { body } : {}),
		...(Array.isArray(body) ? { list: body } : {}),
		...(typeof text === 'string' ? { text, contentType: 'text/plain' } : {}),
		...(isJsonObject(headers)
			? {
					headers: Object.fromEntries(
						Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
					),
				}
			: {}),
	};
}

/** Answers that a test has laid ready: the API gives them in the place of its own, and does nothing. */
export class PlannedAnswers {
	private plans: Plan[] = [];

	/** `{method, path, status, body?, text?, headers?, skip?, times?}`; `path` is how the path of the call begins. */
	add(plan: JsonObject): void {
		const { method, path } = plan;
		if (typeof method !== 'string' || typeof path !== 'string') {
			throw new ControlError(400, 'Send {method, path, status}.');
		}
		this.plans.push({
			method,
			path,
			answer: answerOf(plan),
			skip: count(plan.skip, 0),
			left: count(plan.times, 1),
		});
	}

	clear(): void {
		this.plans = [];
	}

	/** The answer laid ready for this call, used up by it. */
	take(method: string, path: string): Answer | undefined {
		const plan = this.plans.find(
			(candidate) => candidate.method === method && path.startsWith(candidate.path),
		);
		if (!plan) return undefined;
		if (plan.skip > 0) {
			plan.skip--;
			return undefined;
		}
		plan.left--;
		if (plan.left <= 0) this.plans = this.plans.filter((other) => other !== plan);
		return plan.answer;
	}
}
