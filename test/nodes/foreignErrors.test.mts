import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { withItem } from '../../nodes/shared/itemErrors';
import { byId, user, youTrackWorld } from './youTrackWorld.mts';

const { run, put } = youTrackWorld();
const node = { name: 'Node', type: 'test', typeVersion: 1, position: [0, 0] } as unknown as INode;

test('an expression that n8n refuses is an error of its item, and the others go on', async () => {
	await put([user('u1', 'a@example.com')]);
	const { json } = await run(
		'get',
		{ userId: byId('={{ $json.id ?? $("Nobody").item.json.id }}') },
		[{ id: 'u1' }, {}, { id: 'u1' }],
		{ onError: 'continueRegularOutput' },
	);
	expect(json.map(({ id }) => id)).toEqual(['u1', undefined, 'u1']);
	expect(json[1]?.error).toBe("Referenced node doesn't exist");
});

test.each([
	['an error of another kind', new TypeError('Not a node’s'), 'Not a node’s'],
	['nothing', undefined, 'undefined'],
])('%s becomes one of the node, for the item', (_what, thrown, message) => {
	const error = withItem(node, thrown, 3);
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error.message).toBe(message);
	expect(error.context.itemIndex).toBe(3);
});

test('an error that knows its item keeps it', () => {
	const known = new NodeApiError(node, { message: 'x' }, { itemIndex: 1 });
	expect(withItem(node, known, 3)).toBe(known);
	expect(known.context.itemIndex).toBe(1);
});
