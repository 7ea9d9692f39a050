import { join } from 'node:path';

export type FlowName = 'contacts' | 'members';

/** One of the two data flows, as the demo plays it. */
export interface Flow {
	/** As in the links table. */
	name: FlowName;
	/** The shipped workflow, and the name of its step that writes to Wix. */
	template: string;
	writeWix: string;
	/** One record, for headings. */
	noun: string;
	/** Where a Wix record holds the address that is kept in sync. */
	address: string;
	/** What is not as the workflow ships: parameters of its step that writes to Wix. */
	writeOptions?: Record<string, unknown>;
}

const flowOf = (name: FlowName, noun: string, address: string): Flow => ({
	name,
	noun,
	address,
	template: join(process.cwd(), 'templates', `sync-wix-${name}-and-users.json`),
	writeWix: `Write to Wix ${name}`,
});

export const flows: Record<FlowName, Flow> = {
	contacts: flowOf('contacts', 'contact', 'primaryInfo.email'),
	members: flowOf('members', 'member', 'loginEmail'),
};

/** The member flow with the experimental change of login emails switched on. */
export const changingLogins: Flow = {
	...flows.members,
	writeOptions: { options: { changeLoginEmail: true } },
};
