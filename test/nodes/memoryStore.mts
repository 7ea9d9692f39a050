import type { ApiFailure, Attempt } from '../../nodes/shared/apiTypes';
import type { RecordStore, Refusal } from '../../nodes/shared/apply/RecordStore';
import type { JsonObject, JsonValue, Side } from '../../nodes/shared/contract/index';

/** What becomes of one write: it is done, refused, or its answer is lost. `during`: what else happens meanwhile. */
export interface Turn {
	failure?: ApiFailure;
	/** The write is carried out although it fails. */
	isDone?: boolean;
	/** What the system makes of what is written. */
	stores?: (value: JsonValue) => JsonValue;
	/** The system shows nothing in its answer. */
	isSilent?: boolean;
	during?: () => void;
}

export const failureOf = (status: number, more: Partial<ApiFailure> = {}): ApiFailure => ({
	kind: 'status',
	status,
	enveloped: true,
	firstContact: false,
	...more,
});

const kindOf = ({ status = 0 }: ApiFailure): Refusal['kind'] => {
	if (status === 409) return 'taken';
	if (status === 503) return 'unclear';
	return status === 400 ? 'badValue' : 'failed';
};

/** Records of one side, flat, in memory. `turns` are used up by the writes, one after the other; then all goes well. */
export function memoryStore(side: Side, given: JsonObject[], turns: Turn[] = []) {
	const records = new Map(given.map((record) => [String(record.id), { ...record }]));
	const calls: string[] = [];
	const ok = <Value,>(value: Value): Attempt<Value> => ({ ok: true, value });

	function written<Value>(
		carryOut: (stores: (value: JsonValue) => JsonValue) => Value,
	): Attempt<Value | undefined> {
		const turn: Turn = turns.shift() ?? {};
		const { failure, isDone, stores = (value: JsonValue) => value, isSilent, during } = turn;
		during?.();
		const value = failure === undefined || isDone === true ? carryOut(stores) : undefined;
		if (failure !== undefined) return { ok: false, failure };
		return ok(isSilent === true ? undefined : value);
	}

	const store: RecordStore = {
		side,
		noun: side === 'wix' ? 'contact' : 'user',
		comparisonOf: (path) => (path === 'email' ? 'email' : 'exact'),
		faultOfPath: () => undefined,
		valueOf: (record, path) => record[path] ?? null,
		parkedValueOf: () => null,
		read: async (id) => {
			calls.push(`read ${id}`);
			const record = records.get(id);
			return await Promise.resolve(ok(record === undefined ? undefined : { ...record }));
		},
		write: async ({ id }, set) => {
			calls.push(`write ${String(id)}`);
			const attempt = written((stores) => {
				const values = Object.entries(set).map(([path, value]) => [path, stores(value)]);
				const next = { ...records.get(String(id)), ...(Object.fromEntries(values) as JsonObject) };
				records.set(String(id), next);
				return next;
			});
			return await Promise.resolve(attempt);
		},
		create: async (set) => {
			calls.push(`create ${String(set.email)}`);
			const attempt = written(() => {
				const id = `new${records.size}`;
				records.set(id, { id, ...set });
				return id;
			});
			return await Promise.resolve(attempt);
		},
		holdersOf: async (address) => {
			calls.push(`look ${address}`);
			const found = [...records.values()].filter(({ email }) => email === address);
			return await Promise.resolve(ok(found.map(({ id }) => String(id))));
		},
		faultOfRemoval: () => undefined,
		isDeactivated: ({ isOff }) => isOff === true,
		remove: async (id, operation) => {
			calls.push(`${operation} ${id}`);
			const attempt = written(() => {
				if (operation === 'delete') records.delete(id);
				else records.set(id, { ...records.get(id), isOff: true });
			});
			return await Promise.resolve(attempt as Attempt<undefined>);
		},
		refusalOf: (failure) => ({
			kind: kindOf(failure),
			code: `HTTP_${failure.status}`,
			otherIds: [],
		}),
		explain: ({ status }) => `refused with ${status}`,
	};
	return { store, records, calls };
}
