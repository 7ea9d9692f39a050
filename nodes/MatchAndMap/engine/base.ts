import { baseText, type JsonObject, type JsonValue } from '../../shared/contract';

const nothing: JsonObject = {};
const hasOwn = Object.prototype.hasOwnProperty;

/** What both sides held when last seen equal, by property key. Knows whether it was changed since it was read. */
export class Base {
	private changed = false;

	/**
	 * @param parsed never changed in place: it may be shared
	 * @param text what it was parsed from; '' where there is none
	 */
	constructor(
		private parsed: JsonObject | undefined = nothing,
		private readonly text = '',
	) {}

	/** Frees what was parsed, of a base that nobody is likely to ask for again: most rows of a run are at rest. */
	release(): void {
		if (this.text !== '' && !this.changed) this.parsed = undefined;
	}

	private get json(): JsonObject {
		this.parsed ??= JSON.parse(this.text) as JsonObject;
		return this.parsed;
	}

	get isChanged(): boolean {
		return this.changed;
	}

	get isEmpty(): boolean {
		for (const _key in this.json) return false;
		return true;
	}

	has(key: string): boolean {
		return hasOwn.call(this.json, key);
	}

	get(key: string): JsonValue | undefined {
		return this.has(key) ? this.json[key] : undefined;
	}

	set(key: string, value: JsonValue): void {
		this.parsed = { ...this.json, [key]: value };
		this.changed = true;
	}

	/** Adds what is missing, in one copy. */
	fill(entries: ReadonlyArray<[string, JsonValue]>): void {
		const missing = entries.filter(([key]) => !this.has(key));
		if (missing.length === 0) return;
		this.parsed = Object.fromEntries([...this.entries(), ...missing]);
		this.changed = true;
	}

	delete(key: string): void {
		if (!this.has(key)) return;
		this.parsed = Object.fromEntries(this.entries().filter(([known]) => known !== key));
		this.changed = true;
	}

	entries(): Array<[string, JsonValue]> {
		return Object.entries(this.json);
	}

	values(): JsonValue[] {
		return Object.values(this.json);
	}

	/** As `LinkRow.lastSynced` holds it. */
	toText(): string {
		return baseText(this.json);
	}
}
