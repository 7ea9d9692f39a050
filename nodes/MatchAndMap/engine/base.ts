import type { JsonObject, JsonValue } from '../../shared/contracts';

const hasOwn = Object.prototype.hasOwnProperty;

/** What both sides held when last seen equal, by property key. Knows whether it was changed since it was read. */
export class Base {
	private changed = false;

	/** @param json never changed in place: it may be shared */
	constructor(private json: JsonObject = {}) {}

	get isChanged(): boolean {
		return this.changed;
	}

	get size(): number {
		return Object.keys(this.json).length;
	}

	has(key: string): boolean {
		return hasOwn.call(this.json, key);
	}

	get(key: string): JsonValue | undefined {
		return this.has(key) ? this.json[key] : undefined;
	}

	set(key: string, value: JsonValue): void {
		this.json = { ...this.json, [key]: value };
		this.changed = true;
	}

	delete(key: string): void {
		if (!this.has(key)) return;
		this.json = Object.fromEntries(this.entries().filter(([known]) => known !== key));
		this.changed = true;
	}

	entries(): Array<[string, JsonValue]> {
		return Object.entries(this.json);
	}

	values(): JsonValue[] {
		return Object.values(this.json);
	}

	/** As `Link.lastSynced` holds it. */
	toText(): string {
		return this.size === 0 ? '' : JSON.stringify(this.json);
	}
}
