import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ControlError } from './http.mts';
import { seededRandom } from './random.mts';

export const faultKinds = [
	'429',
	'500',
	'503',
	'timeout',
	'resetBefore',
	'resetAfter',
	'html',
	'truncated',
	'conflict',
] as const;
export type FaultKind = (typeof faultKinds)[number];

const isFaultKind = (value: JsonValue): value is FaultKind =>
	faultKinds.some((kind) => kind === value);

/** Chooses, call by call and repeatable by its seed, which calls go wrong and how. */
export class FaultPlan {
	private random = seededRandom(1);
	private rate = 0;
	private kinds: FaultKind[] = [];
	private readonly struck = new Map<FaultKind, number>();

	/** `{rate: 0 to 1, kinds?, seed?}`; without `kinds` all of them, except `timeout` because it never ends by itself. */
	configure(body: JsonValue | undefined): void {
		if (!isJsonObject(body)) throw new ControlError(400, 'Send {rate, kinds, seed}.');
		const { rate, kinds = faultKinds.filter((kind) => kind !== 'timeout'), seed = 1 } = body;
		if (typeof rate !== 'number' || rate < 0 || rate > 1) {
			throw new ControlError(400, '"rate" must be a number from 0 to 1.');
		}
		if (!Array.isArray(kinds) || !kinds.every(isFaultKind)) {
			throw new ControlError(400, `"kinds" must be a list of: ${faultKinds.join(', ')}.`);
		}
		if (typeof seed !== 'number') throw new ControlError(400, '"seed" must be a number.');
		this.rate = rate;
		this.kinds = kinds;
		this.random = seededRandom(seed);
		this.struck.clear();
	}

	off(): void {
		this.rate = 0;
		this.kinds = [];
		this.struck.clear();
	}

	/** How many calls went wrong since the last `configure`, by kind. */
	toJson(): JsonObject {
		return Object.fromEntries(this.struck);
	}

	/** The fault of the next call. `conflict` falls only on calls that can conflict. */
	next(canConflict: boolean): FaultKind | undefined {
		if (this.rate === 0) return undefined;
		const strikes = this.random() < this.rate;
		const choice = this.random();
		if (!strikes) return undefined;
		const kinds = canConflict ? this.kinds : this.kinds.filter((kind) => kind !== 'conflict');
		const kind = kinds[Math.floor(choice * kinds.length)];
		if (kind !== undefined) this.struck.set(kind, (this.struck.get(kind) ?? 0) + 1);
		return kind;
	}
}
