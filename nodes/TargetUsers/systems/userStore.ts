import type { Api } from '../../shared/Api';
import type { Attempt } from '../../shared/apiTypes';
import type { RecordStore } from '../../shared/apply/RecordStore';
import type { JsonObject } from '../../shared/contract';
import { explainMatter } from '../../shared/failures';
import { parsePath } from '../../shared/paths';
import { usersHolding, usersWithLogin } from './find';
import { checkAddressesShow } from './hiddenAddresses';
import type { UserSystem } from './UserSystem';
import { typedText } from './values';

/** Another user who has the login that a create asked for; undefined when nobody is found. */
async function holderOfLogin(
	system: UserSystem,
	api: Api,
	set: JsonObject,
): Promise<string | undefined> {
	const holders = await usersWithLogin(system, api, typedText(set[system.fields.login]));
	const other = holders.ok ? holders.value[0]?.id : undefined;
	return other === undefined ? undefined : String(other);
}

interface Choices {
	/** Who takes over what deleted users owned; '' when nobody was chosen. */
	successorId?: string;
	/** That no user shows an address is no reason to create nobody. */
	acceptsHidden?: boolean;
}

/** The users of `system` as Apply Changes and the single writes need them. */
export function userStore(
	system: UserSystem,
	api: Api,
	{ successorId = '', acceptsHidden = false }: Choices = {},
): RecordStore {
	const create: RecordStore['create'] = async (set, defaults) => {
		const identity = { login: typedText(defaults.login), name: typedText(defaults.name) };
		const all = system.withIdentity(set, identity);
		const made = await system.create(api, all, {});
		if (made.ok) return { ok: true, value: made.value.id };
		if (system.refusalOf(made.failure).kind !== 'taken') return made;
		const otherId = made.failure.otherId ?? (await holderOfLogin(system, api, all));
		return { ok: false, failure: { ...made.failure, otherId } };
	};

	const holdersOf: RecordStore['holdersOf'] = async (address): Promise<Attempt<string[]>> => {
		const holders = await usersHolding(system, api, address);
		if (!holders.ok) return holders;
		if (holders.value.length > 0 || acceptsHidden) {
			return { ok: true, value: holders.value.map(({ id }) => String(id)) };
		}
		const sees = await checkAddressesShow(api, system);
		return sees.ok ? { ok: true, value: [] } : sees;
	};

	return {
		side: 'users',
		noun: 'user',
		comparisonOf: (path) => system.writable(path) ?? 'exact',
		faultOfPath: (path) => {
			if (parsePath(path) === undefined) return 'it is no path into a user';
			if (system.writable(path) !== undefined) return undefined;
			return `${system.name} users have no such field to write (known: ${system.writablePaths})`;
		},
		valueOf: (user, path) => system.valueOf(user, path),
		parkedValueOf: (user, path) =>
			system.writable(path) === 'email' ? (system.waitingEmailOf?.(user) ?? null) : null,
		read: async (id) => await system.get(api, id),
		write: async (user, set) => await system.update(api, user, set),
		create,
		holdersOf,
		faultOfRemoval: (operation) =>
			operation === 'delete' && system.needsSuccessor && successorId === ''
				? "the parameter 'Successor' is empty. Choose the user who takes over what deleted users owned"
				: undefined,
		isDeactivated: (user) => !system.isActive(user),
		remove: async (id, operation) =>
			operation === 'delete'
				? await system.delete(api, id, successorId)
				: await system.deactivate(api, id),
		refusalOf: (failure) => system.refusalOf(failure),
		explain: (failure) => explainMatter(api.service, failure),
	};
}
