import { WorkflowFile } from './workflowFile.mts';

const links = {
	resource: 'row',
	dataTableId: { __rl: true, mode: 'name', value: 'wix_user_sync_links' },
};

describe('the workflow of changes', () => {
	const workflow = new WorkflowFile('sync-changes-as-they-happen.json');
	const step = (name: string) => workflow.step(name);

	it('goes from a trigger to the ids, to the links, and only then to the records, by id', () => {
		for (const [trigger, find, column] of [
			['When a Wix contact changes', 'Find links of the Wix contact', 'wixId'],
			['When a user changes', 'Find links of the user', 'userId'],
		] as const) {
			expect(workflow.targetsOf(trigger, 0).map(({ node }) => node)).toEqual([find]);
			expect(step(find).parameters).toMatchObject({
				...links,
				operation: 'get',
				filters: {
					conditions: [{ keyName: column, condition: 'eq', keyValue: '={{ $json.id }}' }],
				},
			});
			// Each changed record is looked up, and where it is linked to nobody the run ends
			expect(step(find)).not.toHaveProperty('executeOnce');
			expect(step(find)).not.toHaveProperty('alwaysOutputData');
			expect(workflow.before('Get links')).toContain(find);
		}
		const waits = step('After the links');
		expect(waits).toMatchObject({
			type: 'n8n-nodes-base.merge',
			parameters: { mode: 'chooseBranch' },
		});
		expect(workflow.targetsOf('Get links', 0)).toContainEqual(
			expect.objectContaining({ node: 'After the links', index: 1 }),
		);
		expect(workflow.targetsOf('Take each link once', 0)).toContainEqual(
			expect.objectContaining({ node: 'After the links', index: 0 }),
		);
	});

	it('reads both records of each pair by id; one that is gone does not stop the run', () => {
		for (const [name, parameter, id] of [
			['Get Wix contacts', 'contactId', 'wixId'],
			['Get users', 'userId', 'userId'],
		] as const) {
			expect(step(name)).toMatchObject({ onError: 'continueRegularOutput' });
			expect(step(name)).not.toHaveProperty('executeOnce');
			expect(step(name).parameters).toMatchObject({
				operation: 'get',
				[parameter]: { mode: 'id', value: `={{ $json.${id} }}` },
			});
		}
	});

	it('takes nobody for gone who is not in it, and ends the lease of what it has written', () => {
		expect(step('Match & Map').parameters).toMatchObject({
			wixListing: 'changed',
			usersListing: 'changed',
		});
		for (const name of ['Write to users', 'Write to Wix contacts'])
			expect(step(name).parameters).toMatchObject({ options: { rememberAll: true } });
	});
});
