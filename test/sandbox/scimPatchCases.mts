import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';

/** One call of the function that the package's own tests make: a user, the operations, and what came of it. */
export interface PatchCase {
	name: string;
	user: JsonObject;
	operations: JsonObject[];
	/** Undefined where the operations are refused. */
	result: JsonObject | undefined;
}

interface Library {
	scimPatch: (user: JsonValue, operations: JsonValue, options?: object) => JsonValue;
}

type Step = (done: () => void) => void;

const copy = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;

/** Stands for every assertion of chai: the cases are asserted here, by what the sandbox makes of them. */
function chaiStub(): JsonObject {
	const anything: object = new Proxy(() => anything, {
		get: () => anything,
		apply: () => anything,
	});
	const expect = (value: unknown) => {
		if (typeof value !== 'function') return anything;
		try {
			(value as () => void)();
		} catch {
			// The case is recorded as refused.
		}
		return anything;
	};
	return { expect } as unknown as JsonObject;
}

/**
 * The cases of scim-patch's published tests, which come in its package: another's reading of RFC 7644 section 3.5.2. Its test file is
 * run with a `scimPatch` that takes notes; cases that ask for an option of the library are left out.
 */
export function publishedPatchCases(): PatchCase[] {
	const cases: PatchCase[] = [];
	let name = '';
	let hooks: Step[] = [];
	const library = require('scim-patch/lib/src/scimPatch') as Library;
	const { scimPatch } = library;
	library.scimPatch = (user, operations, options) => {
		const noted: PatchCase = {
			name,
			user: copy(user),
			operations: copy(operations) as JsonValue as JsonObject[],
			result: undefined,
		};
		if (options === undefined) cases.push(noted);
		const result = scimPatch(user, operations, options);
		noted.result = copy(result);
		return result;
	};
	const { describe, beforeEach, it } = globalThis;
	const runner = {
		describe: (_title: string, body: () => void) => {
			const outer = hooks;
			hooks = [...hooks];
			body();
			hooks = outer;
		},
		beforeEach: (hook: Step) => hooks.push(hook),
		it: (title: string, body: Step) => {
			name = title.trim();
			for (const hook of hooks) hook(() => undefined);
			body(() => undefined);
		},
	};
	jest.doMock('chai', chaiStub, { virtual: true });
	try {
		Object.assign(globalThis, runner);
		require('scim-patch/lib/test/scimPatch.test.js');
	} finally {
		Object.assign(globalThis, { describe, beforeEach, it });
		library.scimPatch = scimPatch;
	}
	return cases;
}
