import { Workflow } from '../lib/workflow.mts';
import { beginSync, every } from '../parts/begin.mts';
import { syncBody } from '../parts/body.mts';
import { bodyReach } from '../parts/bodyLayout.mts';
import { endSync } from '../parts/end.mts';
import { contacts, members, type FlowWords } from '../parts/names.mts';

function syncOneFlow(words: FlowWords, overview: string, overviewHeight: number): Workflow {
	const workflow = new Workflow(`Sync Wix ${words.flow} and users`);
	const { turn, endsAt } = beginSync(workflow, words, {
		overview,
		overviewHeight,
		triggers: [every(15)],
		meanwhile: 'stepAside',
	});
	const y = endsAt + bodyReach.above;
	const run = { since: turn.described, end: turn.endRun };
	const body = syncBody(workflow, words, { y, run });
	for (const reader of body.readers) workflow.connect(turn.granted, reader);
	endSync(workflow, y, body.last, [{ words, described: turn.described, count: body.count }]);
	return workflow;
}

const setUp = ({ flow }: FlowWords) => `### Set up
1. Choose a **Wix CRM** credential in *Get Wix ${flow}* and *Write to Wix ${flow}*.
2. Choose where your users are (*System*) and a credential in *Get users* and *Write to users*. YouTrack is set.
3. In **Settings**, set *Preview only* to true and run by hand: *Show the report* says what would happen, and nothing is written.
4. A trial: enter a few addresses at *Only these people*, set *Preview only* to false and run by hand. Only they are changed.
5. Empty *Only these people*, run by hand once more, then publish.

### What you may change
- **How often:** the first step.
- **For a run:** the step **Settings**.
- **Rules, and how odd cases are decided:** the lists of **Match & Map** (who wins, who is created, what a deletion does, how much one run may change).

Nothing else. Run nothing beside it that writes these addresses, and keep no other table whose name contains the name of one of the four tables.`;

/** The workflow that keeps Wix contacts and users the same. */
export const syncContacts = () =>
	syncOneFlow(
		contacts,
		`## Sync Wix contacts and users

Links each Wix contact with the user who has the same email address, then keeps the address the same on both sides, wherever it is edited. The link is remembered, so it outlives the address. What cannot be decided safely waits for you.

${setUp(contacts)}`,
		632,
	);

/** The workflow that keeps Wix members and users the same. */
export const syncMembers = () =>
	syncOneFlow(
		members,
		`## Sync Wix members and users

Links each Wix member with the user who has the member's login email, then keeps the address the same on both sides. The link is remembered, so it outlives the address. What cannot be decided safely waits for you.

**A login email edited in the other system waits for you, too:** Wix's documented API cannot change it. Once the member has changed it, both sides agree again. *Write to Wix members* has an experimental option that tries to change it.

${setUp(members)}`,
		712,
	);
