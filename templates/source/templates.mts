import type { Workflow } from './lib/workflow.mts';
import { forgetPerson } from './workflows/forgetPerson.mts';
import { preview } from './workflows/preview.mts';
import { reportHealth } from './workflows/reportHealth.mts';
import { reviewAndDecide } from './workflows/reviewAndDecide.mts';
import { syncBoth } from './workflows/syncBoth.mts';
import { syncChanges } from './workflows/syncChanges.mts';
import { syncContacts, syncMembers } from './workflows/syncOneFlow.mts';

/** Each workflow that ships by its file in `templates/`. */
export const templates: Readonly<Record<string, () => Workflow>> = {
	'preview-a-sync.json': preview,
	'sync-wix-contacts-and-users.json': syncContacts,
	'sync-wix-members-and-users.json': syncMembers,
	'sync-wix-contacts-members-and-users.json': syncBoth,
	'sync-changes-as-they-happen.json': syncChanges,
	'report-sync-health.json': reportHealth,
	'review-and-decide.json': reviewAndDecide,
	'forget-a-person.json': forgetPerson,
};
