import type { Workflow } from './lib/workflow.mts';
import { syncContacts, syncMembers } from './workflows/syncOneFlow.mts';

/** Each workflow that ships by its file in `templates/`. */
export const templates: Readonly<Record<string, () => Workflow>> = {
	'sync-wix-contacts-and-users.json': syncContacts,
	'sync-wix-members-and-users.json': syncMembers,
};
