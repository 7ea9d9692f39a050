import type { JsonValue } from '../../nodes/shared/contract/index';
import { SetupError } from '../../runtime/setupError.mts';
import { otherAddresses, type Person } from './casting.mts';
import { wixAddress, sameAddress } from './records.mts';
import type { AddressOf, Edit, Step, Target } from './scenario.mts';
import type { Servers, World } from './world.mts';

type Action = (servers: Servers) => Promise<void>;

/**
 * Makes the edits of a step on the servers, as people would. All values are looked up before the first edit, so that two
 * addresses can swap. An edit whose (optional) person nobody plays is left out. Returns how many were made.
 */
export async function makeEdits(
	step: Step,
	people: Map<string, Person>,
	world: World,
	servers: Servers,
): Promise<number> {
	const actions = step.edits
		.filter((edit) => edit.person === undefined || people.has(edit.person))
		.map((edit) => toAction(edit, people, world, step.title));
	for (const action of actions) await action(servers);
	return actions.length;
}

function toAction(edit: Edit, people: Map<string, Person>, world: World, title: string): Action {
	const id = idOf(edit, people, world, title);
	if ('delete' in edit) return (servers) => servers[edit.server].remove(id);
	if ('mergeInto' in edit) {
		const target = idOf({ ...edit.mergeInto, server: edit.server }, people, world, title);
		return (servers) => servers[edit.server].merge(target, [id]);
	}
	const value = isAddressOf(edit.value) ? addressOf(edit.value, people, world, title) : edit.value;
	return (servers) => servers[edit.server].edit(id, edit.path, value);
}

function idOf(target: Target, people: Map<string, Person>, world: World, title: string): string {
	if (target.id !== undefined) return target.id;
	if (target.person !== undefined) {
		const person = people.get(target.person);
		const record = target.server === 'wix' ? person?.wix : person?.user;
		if (record) return String(record.id);
		throw new SetupError(`"${title}": nobody plays "${target.person}".`);
	}
	const isWix = target.server === 'wix';
	const held = isWix ? wixAddress : world.system.addressOf;
	for (const [id, record] of isWix ? world.wix : world.users) {
		if (sameAddress(held(record), target.email ?? '')) return id;
	}
	throw new SetupError(
		`"${title}": nobody in ${isWix ? 'Wix' : world.system.title} has the address of this edit.`,
	);
}

function addressOf(
	value: AddressOf,
	people: Map<string, Person>,
	{ system }: World,
	title: string,
): string {
	const person = people.get(value.addressOf);
	if (!person) throw new SetupError(`"${title}": nobody plays "${value.addressOf}".`);
	if (value.which === 'second') return otherAddresses(person.wix)[0] ?? '';
	return value.server === 'users' ? system.addressOf(person.user) : wixAddress(person.wix);
}

function isAddressOf(value: JsonValue | AddressOf): value is AddressOf {
	return (
		typeof value === 'object' && value !== null && !Array.isArray(value) && 'addressOf' in value
	);
}
